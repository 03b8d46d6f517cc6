/**
 * How long to wait, how often to try again, how much to accept: values that the builders take.
 */
@NullMarked
package io.github.deepthink4j.settings;

import org.jspecify.annotations.NullMarked;
