/**
 * What is sent: an answer, cut to what was asked for, in DeepSeek's JSON.
 *
 * <p>Internal: not for callers, and free to change in any release.
 */
@NullMarked
package io.github.deepthink4j.testkit.internal.answer;

import org.jspecify.annotations.NullMarked;
