package io.github.deepthink4j.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.agent.RefundRules.Reason;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefundRulesTest {

    private static final LocalDate DELIVERED = LocalDate.of(2026, 3, 10);

    private static Order order(LocalDate deliveredOn, String refunded) {
        return new Order(
                1,
                "Ada",
                LocalDate.of(2026, 3, 1),
                LocalDate.of(2026, 3, 8),
                deliveredOn,
                new BigDecimal(refunded),
                List.of(
                        new Order.Line("Oak chair", 2, new BigDecimal("10.00"), true),
                        new Order.Line("Cork mug", 1, new BigDecimal("3.33"), false)));
    }

    private static String amount(Order order, Reason reason, LocalDate today) {
        return RefundRules.decide(order, reason, today).amount().toPlainString();
    }

    @Test
    void should_refund_damage_in_full_for_90_days() {
        Order order = order(DELIVERED, "0");

        assertThat(amount(order, Reason.DAMAGED, DELIVERED.plusDays(90))).isEqualTo("23.33");
        assertThat(amount(order, Reason.DAMAGED, DELIVERED.plusDays(91))).isEqualTo("0");
        assertThat(amount(order(null, "0"), Reason.DAMAGED, DELIVERED)).isEqualTo("0");
    }

    @Test
    void should_refund_what_can_be_sent_back_less_shipping_for_14_days() {
        Order order = order(DELIVERED, "0");

        assertThat(amount(order, Reason.CHANGED_MIND, DELIVERED.plusDays(14))).isEqualTo("15.00");
        assertThat(amount(order, Reason.CHANGED_MIND, DELIVERED.plusDays(15))).isEqualTo("0");
    }

    @Test
    void should_refund_a_tenth_of_what_is_late() {
        assertThat(amount(order(DELIVERED, "0"), Reason.LATE, DELIVERED)).isEqualTo("2.33");
        assertThat(amount(order(LocalDate.of(2026, 3, 8), "0"), Reason.LATE, DELIVERED))
                .isEqualTo("0");
        assertThat(amount(order(null, "0"), Reason.LATE, DELIVERED)).isEqualTo("2.33");
    }

    @Test
    void should_refund_once() {
        for (Reason reason : Reason.values()) {
            assertThat(amount(order(DELIVERED, "1.00"), reason, DELIVERED)).isEqualTo("0");
        }
    }
}
