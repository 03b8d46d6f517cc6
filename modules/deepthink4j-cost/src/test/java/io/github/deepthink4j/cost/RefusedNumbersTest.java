package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.profile.ModelProfile;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that can be no price, no factor and no count are refused where they come in, and never written out. */
class RefusedNumbersTest {

    private static final Instant NOW = Instant.parse("2026-11-27T02:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-1e999999999",
                "1e999999999",
                "1e31",
                "1e-31",
                "1e-999999999",
                "1234567890123456789012345678901"
            })
    void should_refuse_what_can_be_no_price(String number) {
        BigDecimal odd = new BigDecimal(number);
        BigDecimal one = BigDecimal.ONE;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenPrices.of(odd, one, one))
                .withMessageStartingWith("cacheHit must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenPrices.of(number, "1", "1"))
                .withMessageStartingWith("cacheHit must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenPrices.of("0.1", "1", "1").times(odd))
                .withMessageStartingWith("the factor must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceList.deepSeek().toBuilder().times(odd))
                .withMessageStartingWith("the factor must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceList.builder("empty").times(odd))
                .withMessageStartingWith("the factor must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServicePrice(
                        "search",
                        "searches",
                        1,
                        LocalDateTime.parse("2026-01-01T00:00"),
                        Map.of(PriceList.USD, odd),
                        null))
                .withMessageStartingWith("the price in USD must");
    }

    @Test
    void should_take_a_price_of_nothing_and_a_rebate_upon_a_rebate() {
        TokenPrices free = TokenPrices.of("0", "0.00", "0e3");
        PriceList list = PriceList.deepSeek();
        for (int i = 0; i < 10; i++) {
            list = list.toBuilder().times(new BigDecimal("0.95")).build();
        }

        assertThat(free.output()).isZero();
        assertThat(list.rateNow("deepseek-flash")).isPresent();
    }

    /** An amount that a list of the user's own makes up is told by the model as unknown, since the builder refuses it. */
    @ParameterizedTest
    @ValueSource(strings = {"-1", "-1e999999999", "1e999999999", "1e-999999999"})
    void should_refuse_what_can_be_no_amount(String number) {
        BigDecimal odd = new BigDecimal(number);
        Cost.Builder cost = Cost.in(PriceList.USD);

        assertThatIllegalArgumentException().isThrownBy(() -> cost.cacheHit(odd));
        assertThatIllegalArgumentException().isThrownBy(() -> cost.cacheMiss(odd));
        assertThatIllegalArgumentException().isThrownBy(() -> cost.output(odd));
        assertThatIllegalArgumentException().isThrownBy(() -> cost.thought(odd));
        assertThatIllegalArgumentException().isThrownBy(() -> cost.services(odd));
    }

    @Test
    void should_refuse_a_negative_count() {
        CostEstimator estimator = CostEstimator.of(PriceList.deepSeek(), ModelProfile.V4_1);
        BilledCall.Builder call = BilledCall.builder()
                .endpoint(URI.create("https://api.deepseek.com"))
                .modelName("deepseek-flash")
                .finished(NOW);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.reportedTokens(-1, null, 1, null).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.reportedTokens(1, -1, 1, null).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.reportedTokens(1, null, -1, null).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.reportedTokens(1, null, 1, -1).build());
        assertThatIllegalArgumentException().isThrownBy(() -> estimator.estimate("deepseek-flash", -1, 1, NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> estimator.estimate("deepseek-flash", 1, -1, NOW));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceList.deepSeek().serviceCost("search", Long.MIN_VALUE, NOW));
    }

    @Test
    void should_refuse_hours_that_are_all_of_a_day_or_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DailyHours.of("22:00-22:00"))
                .withMessageContaining("00:00-24:00");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DailyHours(LocalTime.NOON, LocalTime.NOON))
                .withMessageContaining("00:00-24:00");
        DailyHours day = DailyHours.of("00:00-24:00");
        assertThat(day.contain(LocalTime.MIDNIGHT)).isTrue();
        assertThat(day.contain(LocalTime.MAX)).isTrue();
    }
}
