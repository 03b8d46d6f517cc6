/**
 * From bytes to an answer: pure stages without I/O, threads or a clock. Internal: not for callers, and free to change in
 * any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.answer;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
