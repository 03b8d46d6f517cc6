/**
 * From a request of LangChain4j's to JSON bytes: the draft, what the profile says to it, the messages that go with it, and
 * the writing. Pure stages. Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.request;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
