/** One question, asked several times; the answers vote. */
@NullMarked
package io.github.deepthink4j.agent.consensus;

import org.jspecify.annotations.NullMarked;
