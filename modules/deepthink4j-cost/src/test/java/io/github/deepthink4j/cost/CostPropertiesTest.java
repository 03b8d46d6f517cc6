package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
