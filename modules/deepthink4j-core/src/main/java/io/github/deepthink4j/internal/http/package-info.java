/**
 * HTTP: the one place that does I/O. Bytes go out and come in; what a status means is decided here, what a body means
 * elsewhere. Internal: not for callers, and free to change in any release.
 */
@NullMarked
package io.github.deepthink4j.internal.http;

import org.jspecify.annotations.NullMarked;
