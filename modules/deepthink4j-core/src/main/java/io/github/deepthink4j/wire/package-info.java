/** Requests as JSON bytes, and the small JSON answers of the side endpoints. */
@NullMarked
package io.github.deepthink4j.wire;

import org.jspecify.annotations.NullMarked;
