package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of all costs, tried on random calls: each seed is a run of its own, which its number repeats. */
class CostPropertiesTest {

    private static final List<String> MODELS =
            List.of("deepseek-flash", "deepseek-v4-pro", "deepseek-chat", "deepseek-reasoner", "deepseek-v4-flash");

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static BilledCall randomCall(Random random) {
        long input = random.nextInt(2_000_000);
        long output = random.nextInt(400_000);
        long second = Instant.parse("2024-12-01T00:00:00Z").getEpochSecond() + random.nextInt(70_000_000);
        return BilledCall.builder()
                .endpoint(URI.create("https://api.deepseek.com/chat/completions"))
                .modelName(MODELS.get(random.nextInt(MODELS.size())))
                .inputTokens(input)
                .cacheHitTokens(random.nextInt(10) == 0 ? null : Long.valueOf((long) (random.nextDouble() * input)))
                .outputTokens(output)
                .reasoningTokens((long) (random.nextDouble() * output))
                .finished(Instant.ofEpochSecond(second))
                .build();
    }

    private static List<Cost> randomCosts(long seed) {
        Random random = new Random(seed);
        PriceList prices = PriceList.deepSeek(seed % 2 == 0 ? PriceList.USD : PriceList.CNY);
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            costs.add(prices.price(randomCall(random)));
        }
        return costs;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_be_the_sum_of_its_parts(long seed) {
        for (Cost cost : randomCosts(seed)) {
            if (cost.isKnown()) {
                assertThat(cost.total())
                        .isEqualByComparingTo(
                                cost.cacheHit().add(cost.cacheMiss()).add(cost.output()));
                assertThat(cost.thought()).isLessThanOrEqualTo(cost.output());
                assertThat(cost.total().scale()).isLessThanOrEqualTo(12);
            } else {
                assertThat(cost.total()).isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_add_up_to_the_sum_of_what_is_known(long seed) {
        Cost sum = Cost.nothing(seed % 2 == 0 ? PriceList.USD : PriceList.CNY);
        BigDecimal known = BigDecimal.ZERO;
        long unknown = 0;
        for (Cost cost : randomCosts(seed)) {
            sum = sum.add(cost);
            known = cost.isKnown() ? known.add(cost.total()) : known;
            unknown += cost.isKnown() ? 0 : 1;
        }

        assertThat(sum.calls()).isEqualTo(20);
        assertThat(sum.unknownCalls()).isEqualTo(unknown);
        assertThat(sum.atLeast()).isEqualByComparingTo(known);
        assertThat(sum.isKnown()).isEqualTo(unknown == 0);
        assertThat(sum.total() == null).isEqualTo(unknown > 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_not_depend_on_the_order_in_which_they_are_added(long seed) {
        List<Cost> costs = randomCosts(seed);
        List<Cost> shuffled = new ArrayList<>(costs);
        Collections.shuffle(shuffled, new Random(seed));
        Cost one = costs.stream().reduce(Cost::add).orElseThrow();
        Cost left = shuffled.subList(0, 7).stream().reduce(Cost::add).orElseThrow();
        Cost right = shuffled.subList(7, 20).stream().reduce(Cost::add).orElseThrow();
        Cost other = left.add(right);

        assertThat(other.total()).isEqualTo(one.total());
        assertThat(other.atLeast()).isEqualTo(one.atLeast());
        assertThat(other.unknownCalls()).isEqualTo(one.unknownCalls());
        assertThat(other.bands()).isEqualTo(one.bands());
    }

    /** Dollars and yuan in any order: each currency keeps its own sum, and no call is lost. */
    @ParameterizedTest
    @MethodSource("seeds")
    void should_keep_the_sum_of_each_currency_whatever_the_order(long seed) {
        List<Cost> costs = new ArrayList<>(randomCosts(2 * seed));
        costs.addAll(randomCosts(2 * seed + 1));
        List<Cost> shuffled = new ArrayList<>(costs);
        Collections.shuffle(shuffled, new Random(seed));
        Cost one = costs.stream().reduce(Cost::add).orElseThrow();
        Cost other = shuffled.subList(0, 13).stream()
                .reduce(Cost::add)
                .orElseThrow()
                .add(shuffled.subList(13, 40).stream().reduce(Cost::add).orElseThrow());

        assertThat(other.calls()).isEqualTo(one.calls()).isEqualTo(40);
        long priced = 0;
        for (Currency currency : List.of(PriceList.USD, PriceList.CNY)) {
            List<Cost> its = costs.stream()
                    .filter(cost -> currency.equals(cost.currency()))
                    .toList();
            BigDecimal sum = its.stream().map(Cost::total).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(one.byCurrency().get(currency).total()).isEqualByComparingTo(sum);
            assertThat(other.byCurrency().get(currency).total()).isEqualByComparingTo(sum);
            assertThat(other.byCurrency().get(currency).calls()).isEqualTo(its.size());
            priced += its.size();
        }
        assertThat(costs.stream().filter(Cost::isKnown)).hasSize((int) priced);
    }

    /** A list that a factor has made prices each part by that factor. */
    @ParameterizedTest
    @MethodSource("seeds")
    void should_price_in_proportion_to_a_rebate(long seed) {
        Random random = new Random(seed);
        BilledCall call = randomCall(random);
        BigDecimal factor = BigDecimal.valueOf(random.nextInt(2_000), 3);
        Cost full = PriceList.deepSeek().price(call);
        Cost less = PriceList.deepSeek().toBuilder().times(factor).build().price(call);

        assertThat(less.isKnown()).isEqualTo(full.isKnown());
        if (full.isKnown()) {
            assertThat(less.total()).isEqualByComparingTo(full.total().multiply(factor));
            assertThat(less.thought()).isEqualByComparingTo(full.thought().multiply(factor));
        }
    }

    /** No call is dearer in halves, and none cheaper: nothing is rounded. */
    @ParameterizedTest
    @MethodSource("seeds")
    void should_cost_the_same_in_two_parts(long seed) {
        Random random = new Random(seed);
        long tokens = random.nextInt(1_000_000);
        long part = (long) (random.nextDouble() * tokens);
        Instant moment = Instant.parse("2026-11-27T02:00:00Z");
        Cost whole = output(tokens, moment);

        assertThat(output(part, moment).add(output(tokens - part, moment)).total())
                .isEqualTo(whole.total());
    }

    private static Cost output(long tokens, Instant moment) {
        return PriceList.deepSeek()
                .price(BilledCall.builder()
                        .endpoint(URI.create("https://api.deepseek.com"))
                        .modelName("deepseek-v4-pro")
                        .outputTokens(tokens)
                        .finished(moment)
                        .build());
    }
}
