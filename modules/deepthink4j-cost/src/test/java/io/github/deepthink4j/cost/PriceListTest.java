package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.PriceBand;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one call costs, and which calls have no price. */
class PriceListTest {

    /** A Friday, 10:00 in Beijing. */
    private static final Instant PEAK = Instant.parse("2026-11-27T02:00:00Z");

    /** The same day, 20:00 in Beijing. */
    private static final Instant EVENING = Instant.parse("2026-11-27T12:00:00Z");

    private static BilledCall.Builder call(Instant moment) {
        return BilledCall.builder()
                .endpoint(URI.create("https://api.deepseek.com/chat/completions"))
                .modelName("deepseek-flash")
                .inputTokens(1_000)
                .cacheHitTokens(640L)
                .outputTokens(500)
                .reasoningTokens(300)
                .finished(moment);
    }

    private static Cost price(BilledCall.Builder call) {
        return PriceList.deepSeek().price(call.build());
    }

    @Test
    void should_price_hits_misses_and_output() {
        Cost cost = price(call(EVENING));

        // 640 x 0.003, 360 x 0.15, 500 x 0.60 and 300 x 0.60 dollars, each for a million
        assertThat(cost.currency()).isEqualTo(PriceList.USD);
        assertThat(cost.cacheHit()).isEqualTo("0.00000192");
        assertThat(cost.cacheMiss()).isEqualTo("0.000054");
        assertThat(cost.output()).isEqualTo("0.0003");
        assertThat(cost.thought()).isEqualTo("0.00018");
        assertThat(cost.total()).isEqualTo("0.00035592");
        assertThat(cost.priceRows()).containsExactly("flash-2026-09-10");
        assertThat(cost.bands()).containsExactly(PriceBand.OFF_PEAK);
        assertThat(cost.isEstimate()).isFalse();
        assertThat(cost.calls()).isEqualTo(1);
        assertThat(cost).hasToString("0.00035592 USD");
    }

    @Test
    void should_bill_twice_as_much_at_peak() {
        Cost cost = price(call(PEAK));

        assertThat(cost.total()).isEqualTo("0.00071184");
        assertThat(cost.bands()).containsExactly(PriceBand.PEAK);
    }

    @Test
    void should_have_yuan_by_a_list_of_their_own() {
        Cost cost = PriceList.deepSeek(PriceList.CNY).price(call(EVENING).build());

        // 640 x 0.02, 360 x 1, 500 x 4 yuan
        assertThat(cost.total()).isEqualTo("0.0023728");
        assertThat(cost.currency()).isEqualTo(PriceList.CNY);
    }

    /** R1's first list: 1, 4 and 16 yuan. */
    @Test
    void should_price_a_call_of_r1_in_its_first_week() {
        BilledCall call = call(Instant.parse("2025-01-25T12:00:00Z"))
                .modelName("deepseek-reasoner")
                .inputTokens(3_000_000)
                .cacheHitTokens(1_000_000L)
                .outputTokens(1_000_000)
                .reasoningTokens(750_000)
                .build();

        Cost cost = PriceList.deepSeek(PriceList.CNY).price(call);

        assertThat(cost.cacheHit()).isEqualTo("1");
        assertThat(cost.cacheMiss()).isEqualTo("8");
        assertThat(cost.output()).isEqualTo("16");
        assertThat(cost.thought()).isEqualTo("12");
        assertThat(cost.total()).isEqualTo("25");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.deepseek.com/chat/completions",
                "https://api.deepseek.com/beta/chat/completions",
                "https://api.deepseek.com/v1/chat/completions",
                "https://API.DeepSeek.com:443/chat/completions",
                "https://api.deepseek.com./chat/completions"
            })
    void should_know_deepseeks_own_host(String url) {
        assertThat(price(call(EVENING).endpoint(URI.create(url))).isKnown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/chat/completions",
                "http://127.0.0.1:8080/chat/completions",
                "http://[::1]/chat/completions",
                "https://api.deepseek.com.example.com/chat/completions",
                "https://example.com/api.deepseek.com/chat/completions",
                "https://api.deepseek.com:8443/chat/completions",
                "https://deepseek.com/chat/completions"
            })
    void should_have_no_price_for_another_host(String url) {
        Cost cost = price(call(EVENING).endpoint(URI.create(url)));

        assertUnknown(cost, "has no prices for");
    }

    private static void assertUnknown(Cost cost, String reason) {
        assertThat(cost.isKnown()).isFalse();
        assertThat(cost.total()).isNull();
        assertThat(cost.atLeast()).isNull();
        assertThat(cost.cacheHit()).isNull();
        assertThat(cost.cacheMiss()).isNull();
        assertThat(cost.output()).isNull();
        assertThat(cost.thought()).isNull();
        assertThat(cost.currency()).isNull();
        assertThat(cost.unknown()).singleElement().asString().contains(reason);
    }

    @Test
    void should_have_no_price_for_a_model_it_does_not_list() {
        assertUnknown(price(call(EVENING).modelName("deepseek-v5")), "'deepseek-v5'");
    }

    @Test
    void should_have_no_price_for_a_moment_before_its_rows() {
        assertUnknown(price(call(Instant.parse("2024-12-25T15:59:59Z")).modelName("deepseek-chat")), "2024-12-25");
    }

    @Test
    void should_have_no_price_in_a_currency_without_a_list() {
        Cost cost = PriceList.deepSeek(Currency.getInstance("EUR"))
                .price(call(EVENING).build());

        assertUnknown(cost, "EUR");
    }

    @Test
    void should_cost_nothing_but_known_where_no_token_was_used() {
        Cost cost = price(
                call(EVENING).inputTokens(0).cacheHitTokens(0L).outputTokens(0).reasoningTokens(0));

        assertThat(cost.isKnown()).isTrue();
        assertThat(cost.total()).isEqualTo("0");
    }

    @Test
    void should_take_input_for_misses_where_nobody_says_what_was_cached() {
        Cost cost = price(call(EVENING).cacheHitTokens(null));

        assertThat(cost.cacheMiss()).isEqualTo("0.00015");
        assertThat(cost.isEstimate()).isTrue();
        assertThat(cost.assumptions())
                .containsExactly("none of the input was cached, of which the server said nothing");
    }

    @ParameterizedTest
    @CsvSource({"SENT, PEAK", "BEGUN, OFF_PEAK", "FINISHED, STANDARD"})
    void should_go_by_the_moment_that_is_set(BillingMoment moment, PriceBand expected) {
        LocalDateTime first = LocalDateTime.parse("2026-11-27T00:00");
        PriceSchedule schedule = PriceSchedule.otherwise(PriceBand.STANDARD)
                .with(PriceSchedule.Phase.of(PriceBand.PEAK, first)
                        .hours("09:00-10:00")
                        .build())
                .with(PriceSchedule.Phase.of(PriceBand.OFF_PEAK, first.plusHours(10))
                        .hours("10:00-11:00")
                        .build());
        PriceList prices = PriceList.builder("three prices")
                .hosts("api.deepseek.com")
                .row(PriceRow.builder("row", first)
                        .models("deepseek-flash")
                        .schedule(schedule)
                        .prices(PriceList.USD, TokenPrices.of("1", "1", "1"))
                        .build())
                .billedAt(moment)
                .build();

        Cost cost = prices.price(call(Instant.parse("2026-11-27T11:01:00Z"))
                .sent(Instant.parse("2026-11-27T09:59:00Z"))
                .begun(Instant.parse("2026-11-27T10:00:00Z"))
                .build());

        assertThat(cost.bands()).containsExactly(expected);
    }

    /** What DeepSeek has said of the discount at night: the moment at which a request is over. */
    @Test
    void should_bill_a_call_over_a_change_by_its_end_unless_told_otherwise() {
        BilledCall untilNoon = call(Instant.parse("2026-11-27T04:00:00Z"))
                .sent(Instant.parse("2026-11-27T03:50:00Z"))
                .begun(Instant.parse("2026-11-27T03:51:00Z"))
                .build();

        assertThat(PriceList.deepSeek().billedAt()).isEqualTo(BillingMoment.FINISHED);
        assertThat(PriceList.deepSeek().price(untilNoon).bands()).containsExactly(PriceBand.OFF_PEAK);
        assertThat(PriceList.deepSeek().toBuilder()
                        .billedAt(BillingMoment.BEGUN)
                        .build()
                        .price(untilNoon)
                        .bands())
                .containsExactly(PriceBand.PEAK);
    }

    @Test
    void should_take_rows_of_the_users_beside_deepseeks() {
        PriceList prices = PriceList.deepSeek().toBuilder()
                .row(PriceRow.builder("own", LocalDateTime.parse("2026-01-01T00:00"))
                        .hosts("llm.example.com:8443")
                        .models("deepseek-flash", "deepseek-ai/DeepSeek-V4.1")
                        .prices(PriceList.USD, TokenPrices.of("0", "0.10", "0.10"))
                        .build())
                .build();
        URI own = URI.create("https://llm.example.com:8443/v1/chat/completions");

        assertThat(prices.price(call(EVENING).endpoint(own).build()).total()).isEqualTo("0.000086");
        assertThat(prices.price(call(EVENING).build()).total()).isEqualTo("0.00035592");
        assertThat(prices.price(call(EVENING)
                                .endpoint(own)
                                .modelName("deepseek-v4-pro")
                                .build())
                        .isKnown())
                .as("DeepSeek's prices are not those of the other host")
                .isFalse();
    }

    @Test
    void should_take_a_rebate() {
        PriceList prices =
                PriceList.deepSeek().toBuilder().times(new BigDecimal("0.9")).build();

        assertThat(prices.price(call(EVENING).build()).total()).isEqualTo("0.000320328");
        assertThat(prices.serviceCost("search", 1_000, EVENING).total()).isEqualTo("0.675");
    }

    @Test
    void should_not_call_itself_deepseeks_when_it_is_changed() {
        PriceList deepSeek = PriceList.deepSeek();
        PriceList rebate = deepSeek.toBuilder().times(new BigDecimal("0.9")).build();

        assertThat(deepSeek.toBuilder().clock(Clock.systemUTC()).build())
                .asString()
                .startsWith("DeepSeek's price list in USD");
        assertThat(rebate).asString().startsWith("DeepSeek's price list with changes in USD");
        assertThat(rebate.toBuilder().hosts("llm.example.com").build())
                .asString()
                .startsWith("DeepSeek's price list with changes in USD");
        assertThat(deepSeek.toBuilder().hosts("llm.example.com").name("ours").build())
                .asString()
                .startsWith("ours in USD");
    }

    @Test
    void should_know_nothing_of_moments_far_from_all_rows() {
        PriceList prices = PriceList.deepSeek();

        assertThat(prices.rate("deepseek-chat", Instant.MIN)).isEmpty();
        assertThat(prices.nextOffPeak("deepseek-chat", Instant.MIN)).isEmpty();
        assertThat(prices.price(call(Instant.MAX).build()).isKnown()).isTrue();
        assertThat(prices.nextOffPeak("deepseek-flash", Instant.MAX)).isPresent();
    }

    @Test
    void should_not_wait_for_hours_that_are_dearer() {
        // The night discount ended with a rise for all hours, and V3.2 was cheaper again.
        assertThat(PriceList.deepSeek().nextOffPeak("deepseek-chat", Instant.parse("2025-09-05T02:00:00Z")))
                .hasValue(Instant.parse("2025-09-28T16:00:00Z"));
    }

    @Test
    void should_refuse_a_negative_quantity() {
        assertThatThrownBy(() -> PriceList.deepSeek().serviceCost("search", -1, EVENING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void should_tell_a_rate_in_a_line() {
        assertThat(PriceList.deepSeek().rate("deepseek-flash", EVENING).orElseThrow())
                .hasToString("0.003 / 0.15 / 0.60 USD, off-peak, flash-2026-09-10");
    }

    @Test
    void should_replace_a_row_of_the_same_id() {
        PriceList prices = PriceList.deepSeek().toBuilder()
                .row(PriceRow.builder("flash-2026-09-10", LocalDateTime.parse("2026-09-10T12:00"))
                        .models("deepseek-flash")
                        .prices(PriceList.USD, TokenPrices.of("0", "0", "1"))
                        .build())
                .build();

        assertThat(prices.rows()).hasSameSizeAs(PriceList.deepSeek().rows());
        assertThat(prices.price(call(PEAK).build()).total()).isEqualTo("0.0005");
    }

    @Test
    void should_refuse_a_row_without_a_price_that_its_schedule_names() {
        PriceRow.Builder row = PriceRow.builder("row", LocalDateTime.parse("2026-01-01T00:00"))
                .models("a")
                .prices(PriceList.USD, PriceBand.PEAK, TokenPrices.of("1", "1", "1"));

        assertThatThrownBy(row::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the row row has no price in USD for STANDARD, which its schedule names");
    }

    @ParameterizedTest
    @CsvSource({
        "search, 3, 2026-11-27T12:00:00Z, 0.00225, 0.015",
        "fetch, 1000, 2026-11-27T12:00:00Z, 0.75, 5",
        "parsing, 12, 2026-11-27T12:00:00Z, , 0.018",
        "ocr, 1, 2026-11-27T12:00:00Z, , 0.0015",
        "tts, 100, 2026-11-27T12:00:00Z, , 0.03",
        "ocr, 1, 2026-11-12T15:59:59Z, , ",
        "asr, 1, 2026-11-27T12:00:00Z, , "
    })
    void should_price_what_is_not_billed_by_tokens(
            String service, long quantity, Instant moment, BigDecimal usd, BigDecimal cny) {
        assertThat(PriceList.deepSeek().serviceCost(service, quantity, moment).total())
                .isEqualTo(usd);
        assertThat(PriceList.deepSeek(PriceList.CNY)
                        .serviceCost(service, quantity, moment)
                        .total())
                .isEqualTo(cny);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com", "api.example.com/v1", "", "a b"})
    void should_refuse_a_host_that_is_none(String host) {
        assertThatThrownBy(() -> PriceList.builder("list").hosts(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be written as api.example.com");
    }

    @Test
    void should_price_a_service_where_the_host_is_deepseek() {
        Instant moment = Instant.parse("2026-11-20T00:00:00Z");
        PriceList dollars = PriceList.deepSeek();

        assertThat(dollars.priceService(URI.create("https://api.deepseek.com/v1/tools/search"), "search", 1000, moment)
                        .total())
                .isEqualByComparingTo("0.75");
        assertThat(dollars.priceService(URI.create("https://api.deepseek.com/v1/tools/search"), "search", 0, moment)
                        .isKnown())
                .isTrue();
        assertThat(dollars.priceService(URI.create("https://example.com/v1/tools/search"), "search", 1, moment)
                        .isKnown())
                .isFalse();
        assertThat(dollars.priceService(URI.create("https://api.deepseek.com/v1/tools/ocr"), "ocr", 1, moment)
                        .isKnown())
                .isFalse();
    }
}
