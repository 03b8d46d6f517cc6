/** DeepSeek's models, and all other streaming models, as a {@code Flux} of typed events. */
@NullMarked
package io.github.deepthink4j.reactor;

import org.jspecify.annotations.NullMarked;
