/**
 * The same answers as WireMock's responses.
 *
 * <p>Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.testkit.internal.wiremock;

import io.github.deepthink4j.testkit.internal.Internal;
import org.jspecify.annotations.NullMarked;
