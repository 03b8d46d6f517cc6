package io.github.deepthink4j.spring;

import io.github.deepthink4j.cost.budget.Budget;
import io.github.deepthink4j.cost.budget.BudgetPeriod;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * For which time a budget is.
 *
 * @param period {@code null} for a single request
 */
record BudgetTime(@Nullable BudgetPeriod period) {

    private static final String PROPERTY = DeepSeekProperties.PREFIX + ".budget.period";

    static BudgetTime of(DeepSeekProperties.Budget properties) {
        ZoneId own = properties.zone();
        ZoneId zone = own == null ? BudgetPeriod.BEIJING : own;
        String period = properties.period().trim().toLowerCase(Locale.ROOT);
        return switch (period) {
            case "request" -> new BudgetTime(null);
            case "day" -> new BudgetTime(BudgetPeriod.day(zone));
            case "month" -> new BudgetTime(BudgetPeriod.month(zone));
            case "forever" -> new BudgetTime(BudgetPeriod.forever());
            default -> {
                Duration length = duration(period);
                yield new BudgetTime(UnusableSettingException.checked(PROPERTY, () -> BudgetPeriod.rolling(length)));
            }
        };
    }

    private static Duration duration(String period) {
        try {
            return DurationStyle.detectAndParse(period);
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException(
                    PROPERTY,
                    "'" + period + "' is no period",
                    "Use request, day, month, forever, or a duration such as 5h",
                    e);
        }
    }

    void applyTo(Budget.Builder builder) {
        if (period == null) {
            builder.perRequest();
        } else {
            builder.every(period);
        }
    }
}
