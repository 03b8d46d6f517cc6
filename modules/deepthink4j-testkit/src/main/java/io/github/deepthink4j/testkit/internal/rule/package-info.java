/**
 * May the request pass? One check for each rule, the models that each generation serves, and what a refusal looks like.
 *
 * <p>Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.testkit.internal.rule;

import io.github.deepthink4j.testkit.internal.Internal;
import org.jspecify.annotations.NullMarked;
