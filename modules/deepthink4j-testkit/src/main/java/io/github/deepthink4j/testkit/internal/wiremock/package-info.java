/**
 * The same answers as WireMock's responses.
 *
 * <p>Internal: not for callers, and free to change in any release.
 */
@NullMarked
package io.github.deepthink4j.testkit.internal.wiremock;

import org.jspecify.annotations.NullMarked;
