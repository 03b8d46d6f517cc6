/**
 * How it is sent: an HTTP server that can do what a bad network does, and DeepSeek's endpoints on it.
 *
 * <p>Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.testkit.internal.server;

import io.github.deepthink4j.testkit.internal.Internal;
import org.jspecify.annotations.NullMarked;
