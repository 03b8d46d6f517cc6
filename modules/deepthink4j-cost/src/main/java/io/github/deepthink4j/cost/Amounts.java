package io.github.deepthink4j.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/** Which numbers may be a price, or the factor of one. */
final class Amounts {

    /** On either side of the point. A price has a handful; to write 1e999999999 out would take all memory. */
    private static final int MOST_DIGITS = 30;

    private Amounts() {}

    static BigDecimal checked(String name, BigDecimal amount) {
        requireNonNull(amount, name);
        if (amount.signum() < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + amount);
        }
        long before = (long) amount.precision() - amount.scale();
        if (amount.scale() > MOST_DIGITS || before > MOST_DIGITS || amount.scale() < -MOST_DIGITS) {
            throw new IllegalArgumentException(name + " must have at most " + MOST_DIGITS
                    + " digits before the point and behind it, but has more");
        }
        return amount;
    }
}
