package io.github.deepthink4j.samples.agent;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** What the shop pays back. Rules belong in code: a model may explain them, but not make them. */
final class RefundRules {

    enum Reason {
        DAMAGED,
        LATE,
        CHANGED_MIND
    }

    /**
     * What is due.
     *
     * @param amount zero for nothing
     */
    record Decision(BigDecimal amount, String rule) {}

    private static final int DAYS_FOR_DAMAGE = 90;
    private static final int DAYS_TO_CHANGE_MIND = 14;
    private static final BigDecimal SHIPPING_BACK = new BigDecimal("5.00");
    private static final BigDecimal FOR_DELAY = new BigDecimal("0.10");

    private RefundRules() {}

    static Decision decide(Order order, Reason reason, LocalDate today) {
        if (order.refunded().signum() > 0) {
            return nothing(order.refunded() + " EUR have been refunded already");
        }
        return switch (reason) {
            case DAMAGED -> damaged(order, today);
            case LATE -> late(order, today);
            case CHANGED_MIND -> changedMind(order, today);
        };
    }

    private static Decision damaged(Order order, LocalDate today) {
        if (order.deliveredOn() == null) {
            return nothing("it has not been delivered yet");
        }
        return daysSince(order.deliveredOn(), today) <= DAYS_FOR_DAMAGE
                ? new Decision(order.total(), "damaged goods are refunded in full within 90 days of delivery")
                : nothing("damage must be reported within 90 days of delivery");
    }

    private static Decision late(Order order, LocalDate today) {
        LocalDate arrived = order.deliveredOn() == null ? today : order.deliveredOn();
        return arrived.isAfter(order.promisedFor())
                ? new Decision(
                        order.total().multiply(FOR_DELAY).setScale(2, RoundingMode.HALF_UP),
                        "10 % are refunded where a delivery is late")
                : nothing("the delivery is not late");
    }

    private static Decision changedMind(Order order, LocalDate today) {
        if (order.deliveredOn() == null || daysSince(order.deliveredOn(), today) > DAYS_TO_CHANGE_MIND) {
            return nothing("goods can be sent back within 14 days of delivery");
        }
        BigDecimal returnable = order.lines().stream()
                .filter(Order.Line::returnable)
                .map(Order.Line::total)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return returnable.compareTo(SHIPPING_BACK) > 0
                ? new Decision(
                        returnable.subtract(SHIPPING_BACK),
                        "what can be sent back is refunded, less 5.00 EUR for shipping")
                : nothing("nothing in it can be sent back");
    }

    private static long daysSince(LocalDate date, LocalDate today) {
        return ChronoUnit.DAYS.between(date, today);
    }

    private static Decision nothing(String why) {
        return new Decision(BigDecimal.ZERO, why);
    }
}
