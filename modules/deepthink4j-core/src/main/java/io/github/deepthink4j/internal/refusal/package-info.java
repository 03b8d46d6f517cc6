/**
 * Lets a chat memory hear that the model has refused its question; the two know nothing else of one another. Internal: not for
 * callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.refusal;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
