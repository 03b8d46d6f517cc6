package io.github.deepthink4j.cost.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** How large and how fine an amount may be: what databases keep exactly, and far from what would fill the memory once it is written out. */
final class Amounts {

    private static final int MOST_DIGITS = 18;

    /** As the columns of {@link JdbcBudgetStore} have them. */
    private static final int MOST_DECIMALS = 18;

    private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(MOST_DECIMALS);

    private Amounts() {}

    /**
     * @param name of the setting
     * @throws IllegalArgumentException if it is negative, too large or too fine
     */
    static BigDecimal checked(BigDecimal amount, String name) {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + amount);
        }
        if (amount.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (digits(amount) > MOST_DIGITS || amount.stripTrailingZeros().scale() > MOST_DECIMALS) {
            throw new IllegalArgumentException(name + " must be less than 10^" + MOST_DIGITS + " and have at most "
                    + MOST_DECIMALS + " decimals, but is " + amount);
        }
        return amount;
    }

    /** What a price list says; {@code null} if that can be no price, and never less than it is. */
    static @Nullable BigDecimal counted(BigDecimal amount) {
        if (amount.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (amount.signum() < 0 || digits(amount) > MOST_DIGITS) {
            return null;
        }
        if (digits(amount) < -MOST_DECIMALS) {
            return SMALLEST;
        }
        return amount.scale() > MOST_DECIMALS ? amount.setScale(MOST_DECIMALS, RoundingMode.CEILING) : amount;
    }

    /** Before the point; negative for so many zeros behind it. */
    private static long digits(BigDecimal amount) {
        return (long) amount.precision() - amount.scale();
    }
}
