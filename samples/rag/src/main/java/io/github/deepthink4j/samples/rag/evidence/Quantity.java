package io.github.deepthink4j.samples.rag.evidence;

import java.math.BigDecimal;
import java.util.List;

/**
 * A number in a text.
 *
 * @param value without its sign: a text says {@code below zero} in many ways
 * @param unit  {@code null} if none stands beside it, as in a table, whose head has it
 * @param text  as it was written
 * @param parts if it can be read as several as well: {@code 2 hours and 20 minutes}, {@code 12 000}
 */
record Quantity(double value, Unit unit, String text, List<Quantity> parts) {

    private static final double SAME = 1e-6;

    Quantity(double value, Unit unit, String text) {
        this(value, unit, text, List.of());
    }

    /** Whether one of these is the same, or all of its parts are there. */
    boolean isAmong(List<Quantity> others) {
        return others.stream().anyMatch(this::isSameAs)
                || !parts.isEmpty() && parts.stream().allMatch(part -> part.isAmong(others));
    }

    private boolean isSameAs(Quantity other) {
        if (other.parts.stream().anyMatch(this::isSameAs)) {
            return true;
        }
        if (unit == null || other.unit == null) {
            return same(value, other.value);
        }
        return unit.isComparableTo(other.unit) && same(base(), other.base());
    }

    /** Whether one of these is more exact, and this one when it is rounded: {@code about 12,000} for 12,034. */
    boolean isRoundOf(List<Quantity> others) {
        double step = lastDigit();
        return others.stream()
                .anyMatch(other ->
                        other.lastDigit() < step && Math.abs(value - other.value) < step && other.value >= step);
    }

    /** What one more in its last digit that is no zero would be. */
    private double lastDigit() {
        BigDecimal digits = BigDecimal.valueOf(value).stripTrailingZeros();
        return digits.ulp().doubleValue();
    }

    /** Whether it is what two of these make together, or what one of them has more than the other. */
    boolean isSumOrDifferenceIn(List<Quantity> others) {
        for (Quantity one : others) {
            for (Quantity two : others) {
                boolean alike = one.unit == null ? two.unit == null : one.unit.equals(two.unit);
                if (alike && (same(value, one.value + two.value) || same(value, one.value - two.value))) {
                    return true;
                }
            }
        }
        return false;
    }

    private double base() {
        return value * unit.factor();
    }

    private static boolean same(double one, double other) {
        return Math.abs(one - other) <= SAME * Math.max(1e-3, Math.max(Math.abs(one), Math.abs(other)));
    }
}
