/**
 * The request as it came: its JSON, its tokens, and it in a few lines.
 *
 * <p>Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.testkit.internal.request;

import io.github.deepthink4j.testkit.internal.Internal;
import org.jspecify.annotations.NullMarked;
