/** The simulator and the recorder as a program, for clients in any language. */
@NullMarked
package io.github.deepthink4j.testkit.standalone;

import org.jspecify.annotations.NullMarked;
