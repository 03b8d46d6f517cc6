/**
 * HTTP: the one place that does I/O. Bytes go out and come in; what a status means is decided here, what a body means
 * elsewhere. Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.http;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;
