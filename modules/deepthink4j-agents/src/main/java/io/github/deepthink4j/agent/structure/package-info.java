/** Reasoning first, a value of a schema after it: for reasoners that have no JSON mode. */
@NullMarked
package io.github.deepthink4j.agent.structure;

import org.jspecify.annotations.NullMarked;
