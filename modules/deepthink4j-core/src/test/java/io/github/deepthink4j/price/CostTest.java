package io.github.deepthink4j.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    }

    @Test
    void should_begin_a_sum_with_no_call() {
        Cost nothing = Cost.nothing(USD);

        assertThat(nothing.total()).isEqualTo("0");
        assertThat(nothing.calls()).isZero();
        assertThat(nothing.add(cost(USD, "2"))).isEqualTo(cost(USD, "2"));
    }

    @Test
    void should_not_be_changed_by_nothing_of_any_currency() {
        Cost nothing = Cost.nothing(USD);
        Cost mixed = cost(USD, "1").add(cost(CNY, "7"));

        for (Cost cost : List.of(cost(CNY, "7"), cost(USD, "7"), Cost.unknown("x"), mixed, mixed.assuming("guessed"))) {
            assertThat(nothing.add(cost)).isEqualTo(cost);
            assertThat(cost.add(nothing)).isEqualTo(cost);
        }
        assertThat(nothing.add(Cost.nothing(CNY))).isEqualTo(nothing);
        assertThat(nothing.add(Cost.unknown("x")).atLeast()).isNull();
    }

    @Test
    void should_name_all_currencies_of_a_sum() {
        Cost eur = cost(Currency.getInstance("EUR"), "1");

        assertThat(cost(USD, "1").add(cost(CNY, "1")).add(eur).unknown())
                .isEqualTo(cost(USD, "1").add(cost(CNY, "1").add(eur)).unknown())
                .containsExactly("CNY and EUR and USD are not converted into one another");
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    private static Cost random(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Cost.unknown("reason " + random.nextInt(3));
            case 1 -> Cost.nothing(random.nextBoolean() ? USD : CNY);
            case 2 -> Cost.nothing(CNY).assuming("of nothing");
            default ->
                Cost.in(List.of(USD, USD, USD, CNY, Currency.getInstance("EUR")).get(random.nextInt(5)))
                        .cacheMiss(BigDecimal.valueOf(random.nextInt(1_000), random.nextInt(4)))
                        .output(BigDecimal.valueOf(random.nextInt(1_000), random.nextInt(4)))
                        .assumption(random.nextBoolean() ? null : "guess " + random.nextInt(2))
                        .band(random.nextBoolean() ? PriceBand.PEAK : PriceBand.OFF_PEAK)
                        .build();
        };
    }

    private static Cost sum(List<Cost> costs, Random random) {
        if (costs.size() == 1) {
            return costs.get(0);
        }
        int cut = 1 + random.nextInt(costs.size() - 1);
        return sum(costs.subList(0, cut), random).add(sum(costs.subList(cut, costs.size()), random));
    }

    /** Whatever is added first, and whatever stands between. */
    @ParameterizedTest
    @MethodSource("seeds")
    void should_be_the_same_sum_however_it_is_bracketed(long seed) {
        Random random = new Random(seed);
        List<Cost> costs = new ArrayList<>();
        int length = 3 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            costs.add(random(random));
        }
        Cost one = costs.stream().reduce(Cost::add).orElseThrow();
        Cost other = sum(costs, random);
        List<Cost> shuffled = new ArrayList<>(costs);
        Collections.shuffle(shuffled, random);
        Cost third = sum(shuffled, random);

        assertThat(other).isEqualTo(one);
        assertThat(third.calls()).isEqualTo(one.calls());
        assertThat(third.unknownCalls()).isEqualTo(one.unknownCalls());
        assertThat(third.unknown()).containsExactlyInAnyOrderElementsOf(one.unknown());
        assertThat(third.assumptions()).containsExactlyInAnyOrderElementsOf(one.assumptions());
        assertThat(third.total()).isEqualTo(one.calls() == 0 ? third.total() : one.total());
        assertThat(third.byCurrency().keySet()).isEqualTo(one.byCurrency().keySet());
        third.byCurrency()
                .forEach((currency, cost) -> assertThat(cost.total())
                        .isEqualTo(one.byCurrency().get(currency).total()));
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
