/** A chat memory that keeps the chain of thought where the model wants it back, and drops it where it may. */
@NullMarked
package io.github.deepthink4j.memory;

import org.jspecify.annotations.NullMarked;
