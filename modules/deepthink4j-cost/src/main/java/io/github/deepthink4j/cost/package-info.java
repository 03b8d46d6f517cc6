/** DeepSeek's prices, hour by hour, and what calls cost by them. */
@NullMarked
package io.github.deepthink4j.cost;

import org.jspecify.annotations.NullMarked;
