/**
 * Streams as their users hold them: the handle at once, LangChain4j's rules for callbacks, and who answers for streams that
 * begin in other people's code. Knows nothing but LangChain4j. Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.stream;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
