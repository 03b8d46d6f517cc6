/**
 * Lets a store of this project's see which of its lists a chat memory has changed. Internal: not for callers, and free to change in
 * any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.memory;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
