/**
 * From bytes to an answer: pure stages without I/O, threads or a clock. Internal: not for callers, and free to change in
 * any release.
 */
@NullMarked
package io.github.deepthink4j.internal.answer;

import org.jspecify.annotations.NullMarked;
