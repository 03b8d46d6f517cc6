/**
 * The request as it came: its JSON, its tokens, and it in a few lines.
 *
 * <p>Internal: not for callers, and free to change in any release.
 */
@NullMarked
package io.github.deepthink4j.testkit.internal.request;

import org.jspecify.annotations.NullMarked;
