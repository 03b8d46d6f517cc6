/**
 * Does the server's parser take the body? JSON with the places of its values, the kind that each parameter must have, and the
 * words in which the parser says what does not fit.
 *
 * <p>Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.testkit.internal.shape;

import io.github.deepthink4j.testkit.internal.Internal;
import org.jspecify.annotations.NullMarked;
