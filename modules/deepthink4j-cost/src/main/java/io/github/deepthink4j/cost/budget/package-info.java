/**
 * Budgets: how much may be spent, by whom, and in which time.
 */
@NullMarked
package io.github.deepthink4j.cost.budget;

import org.jspecify.annotations.NullMarked;
