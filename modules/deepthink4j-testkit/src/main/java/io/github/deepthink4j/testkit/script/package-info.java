/** What is answered to which request: scripts, answers and their faults, or a brain of one's own. */
@NullMarked
package io.github.deepthink4j.testkit.script;

import org.jspecify.annotations.NullMarked;
