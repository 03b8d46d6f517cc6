/**
 * How many calls run at a time and begin in a minute, for all users of one account together.
 */
@NullMarked
package io.github.deepthink4j.limit;

import org.jspecify.annotations.NullMarked;
