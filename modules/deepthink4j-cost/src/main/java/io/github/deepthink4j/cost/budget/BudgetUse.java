package io.github.deepthink4j.cost.budget;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of a budget is used, at the moment when a call wants some of it and does not get it, or gets it although there is none.
 *
 * @param budget   its name
 * @param key      whose it is, such as a user's id; {@code null} for a budget of all together
 * @param unit     {@code tokens} or a currency's code
 * @param used     spent already, or reserved by calls that run
 * @param wanted   what the call reserves
 * @param renewsAt when there is something again; {@code null} if that never comes
 */
public record BudgetUse(
        String budget,
        @Nullable String key,
        String unit,
        BigDecimal limit,
        BigDecimal used,
        BigDecimal wanted,
        @Nullable Instant renewsAt) {}
