/** HTTP: the one place that does I/O. Bytes go out and come in; what they mean is decided elsewhere. */
@NullMarked
package io.github.deepthink4j.transport;

import org.jspecify.annotations.NullMarked;
