package io.github.deepthink4j.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sum of costs, of which some are not known. */
class CostTest {

    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency CNY = Currency.getInstance("CNY");

    private static Cost cost(Currency currency, String output) {
        return Cost.in(currency).output(new BigDecimal(output)).build();
    }

    @Test
    void should_add_part_by_part() {
        Cost sum = Cost.in(USD)
                .cacheHit(new BigDecimal("0.1"))
                .cacheMiss(new BigDecimal("0.2"))
                .output(new BigDecimal("0.4"))
                .thought(new BigDecimal("0.3"))
                .services(new BigDecimal("0.8"))
                .band(PriceBand.PEAK)
                .priceRow("a")
                .build()
                .add(Cost.in(USD)
                        .cacheHit(new BigDecimal("1"))
                        .output(new BigDecimal("4.0"))
                        .band(PriceBand.OFF_PEAK)
                        .priceRow("b")
                        .assumption("guessed")
                        .build());

        assertThat(sum.cacheHit()).isEqualTo("1.1");
        assertThat(sum.cacheMiss()).isEqualTo("0.2");
        assertThat(sum.output()).isEqualTo("4.4");
        assertThat(sum.thought()).isEqualTo("0.3");
        assertThat(sum.services()).isEqualTo("0.8");
        assertThat(sum.total()).isEqualTo("6.5");
        assertThat(sum.calls()).isEqualTo(2);
        assertThat(sum.bands()).containsExactlyInAnyOrder(PriceBand.PEAK, PriceBand.OFF_PEAK);
        assertThat(sum.priceRows()).containsExactly("a", "b");
        assertThat(sum).hasToString("about 6.5 USD");
    }

    @Test
    void should_write_equal_amounts_in_one_way() {
        assertThat(cost(USD, "100")).isEqualTo(cost(USD, "1E+2")).isEqualTo(cost(USD, "100.00"));
        assertThat(cost(USD, "1E+2").total()).isEqualTo("100");
    }

    @Test
    void should_never_take_what_is_unknown_for_nothing() {
        Cost sum = cost(USD, "1").add(Cost.unknown("no price of 'x'")).add(Cost.unknown("no price of 'x'"));

        assertThat(sum.isKnown()).isFalse();
        assertThat(sum.total()).isNull();
        assertThat(sum.output()).isNull();
        assertThat(sum.atLeast()).isEqualTo("1");
        assertThat(sum.unknownCalls()).isEqualTo(2);
        assertThat(sum.unknown()).containsExactly("no price of 'x'");
        assertThat(sum).hasToString("at least 1 USD (unknown: no price of 'x')");
    }

    @Test
    void should_convert_nothing() {
        Cost sum = cost(USD, "1").add(cost(CNY, "7"));
        Cost further = sum.add(cost(USD, "1"));

        assertThat(sum.isKnown()).isFalse();
        assertThat(sum.currency()).isNull();
        assertThat(sum.atLeast()).isNull();
        assertThat(sum.calls()).isEqualTo(2);
        assertThat(sum).hasToString("unknown: CNY and USD are not converted into one another");
        assertThat(further.atLeast())
                .as("which part it would be, depends on the order")
                .isNull();
        assertThat(further.calls()).isEqualTo(3);
    }

    @Test
    void should_say_what_is_known_currency_by_currency() {
        Cost sum = cost(USD, "1")
                .add(cost(CNY, "7"))
                .add(Cost.unknown("no price of 'x'"))
                .add(cost(USD, "0.5").assuming("guessed"));

        assertThat(sum.byCurrency()).containsOnlyKeys(CNY, USD);
        assertThat(sum.byCurrency().get(USD).total()).isEqualTo("1.5");
        assertThat(sum.byCurrency().get(USD).calls()).isEqualTo(2);
        assertThat(sum.byCurrency().get(USD).isEstimate()).isTrue();
        assertThat(sum.byCurrency().get(CNY)).isEqualTo(cost(CNY, "7"));
        assertThat(sum.calls()).isEqualTo(4);
        assertThat(cost(USD, "1").byCurrency()).isEqualTo(Map.of(USD, cost(USD, "1")));
        assertThat(cost(USD, "1").add(Cost.unknown("x")).byCurrency().get(USD)).isEqualTo(cost(USD, "1"));
        assertThat(Cost.unknown("x").byCurrency()).isEmpty();
        assertThat(Cost.nothing(USD).byCurrency()).isEmpty();
        assertThat(Cost.nothing(USD).add(cost(CNY, "7")).byCurrency())
                .as("a sum that began in another currency")
                .isEqualTo(Map.of(CNY, cost(CNY, "7")));
    }

    @Test
    void should_begin_a_sum_with_no_call() {
        Cost nothing = Cost.nothing(USD);

        assertThat(nothing.total()).isEqualTo("0");
        assertThat(nothing.calls()).isZero();
        assertThat(nothing.add(cost(USD, "2"))).isEqualTo(cost(USD, "2"));
    }

    @Test
    void should_stay_small_however_many_reasons_there_are() {
        Cost sum = Cost.unknown("reason 0");
        for (int i = 1; i < 100; i++) {
            sum = sum.add(Cost.unknown("reason " + i));
        }

        assertThat(sum.unknown()).hasSize(16);
        assertThat(sum.unknownCalls()).isEqualTo(100);
    }
}
