/** What calls cost in money: the values, and the place where a price list comes in. Core has no prices of its own. */
@NullMarked
package io.github.deepthink4j.price;

import org.jspecify.annotations.NullMarked;
