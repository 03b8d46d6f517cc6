/** What each model allows, ignores, refuses and wants back: values, chosen by model id. */
@NullMarked
package io.github.deepthink4j.profile;

import org.jspecify.annotations.NullMarked;
