package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.price.PriceBand;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DeepSeek's prices, worked out by hand from what it has announced: each row, and the minute before and after each change. */
class PriceHistoryTest {

    private static Instant beijing(String local) {
        return LocalDateTime.parse(local).toInstant(ZoneOffset.ofHours(8));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # model            , in Beijing       , band     , USD hit, miss , output, CNY hit, miss, output
                    deepseek-chat      , 2024-12-26T00:00 , STANDARD , 0.014  , 0.14 , 0.28  , 0.1    , 1   , 2
                    deepseek-chat      , 2025-02-08T23:59 , STANDARD , 0.014  , 0.14 , 0.28  , 0.1    , 1   , 2
                    deepseek-chat      , 2025-02-09T00:00 , STANDARD , 0.07   , 0.27 , 1.10  , 0.5    , 2   , 8
                    deepseek-chat      , 2025-02-20T03:00 , STANDARD , 0.07   , 0.27 , 1.10  , 0.5    , 2   , 8
                    deepseek-chat      , 2025-02-27T00:29 , STANDARD , 0.07   , 0.27 , 1.10  , 0.5    , 2   , 8
                    deepseek-chat      , 2025-02-27T00:30 , OFF_PEAK , 0.035  , 0.135, 0.55  , 0.25   , 1   , 4
                    deepseek-chat      , 2025-02-27T08:29 , OFF_PEAK , 0.035  , 0.135, 0.55  , 0.25   , 1   , 4
                    deepseek-chat      , 2025-02-27T08:30 , STANDARD , 0.07   , 0.27 , 1.10  , 0.5    , 2   , 8
                    deepseek-chat      , 2025-09-05T08:29 , OFF_PEAK , 0.035  , 0.135, 0.55  , 0.25   , 1   , 4
                    deepseek-chat      , 2025-09-05T23:59 , STANDARD , 0.07   , 0.27 , 1.10  , 0.5    , 2   , 8
                    deepseek-chat      , 2025-09-06T00:00 , STANDARD , 0.07   , 0.56 , 1.68  , 0.5    , 4   , 12
                    deepseek-chat      , 2025-09-06T03:00 , STANDARD , 0.07   , 0.56 , 1.68  , 0.5    , 4   , 12
                    deepseek-chat      , 2025-09-28T23:59 , STANDARD , 0.07   , 0.56 , 1.68  , 0.5    , 4   , 12
                    deepseek-chat      , 2025-09-29T00:00 , STANDARD , 0.028  , 0.28 , 0.42  , 0.2    , 2   , 3
                    deepseek-chat      , 2026-04-23T23:59 , STANDARD , 0.028  , 0.28 , 0.42  , 0.2    , 2   , 3
                    deepseek-chat      , 2026-04-24T00:00 , STANDARD , 0.028  , 0.14 , 0.28  , 0.2    , 1   , 2
                    deepseek-chat      , 2026-04-26T20:14 , STANDARD , 0.028  , 0.14 , 0.28  , 0.2    , 1   , 2
                    deepseek-chat      , 2026-04-26T20:15 , STANDARD , 0.0028 , 0.14 , 0.28  , 0.02   , 1   , 2
                    deepseek-chat      , 2026-07-24T23:59 , STANDARD , 0.0028 , 0.14 , 0.28  , 0.02   , 1   , 2
                    deepseek-reasoner  , 2025-01-20T00:00 , STANDARD , 0.14   , 0.55 , 2.19  , 1      , 4   , 16
                    deepseek-reasoner  , 2025-02-27T00:29 , STANDARD , 0.14   , 0.55 , 2.19  , 1      , 4   , 16
                    deepseek-reasoner  , 2025-02-27T00:30 , OFF_PEAK , 0.035  , 0.135, 0.55  , 0.25   , 1   , 4
                    deepseek-reasoner  , 2025-06-01T08:29 , OFF_PEAK , 0.035  , 0.135, 0.55  , 0.25   , 1   , 4
                    deepseek-reasoner  , 2025-06-01T08:30 , STANDARD , 0.14   , 0.55 , 2.19  , 1      , 4   , 16
                    deepseek-reasoner  , 2025-09-05T23:59 , STANDARD , 0.14   , 0.55 , 2.19  , 1      , 4   , 16
                    deepseek-reasoner  , 2025-09-06T00:00 , STANDARD , 0.07   , 0.56 , 1.68  , 0.5    , 4   , 12
                    deepseek-reasoner  , 2025-09-28T23:59 , STANDARD , 0.07   , 0.56 , 1.68  , 0.5    , 4   , 12
                    deepseek-reasoner  , 2025-09-29T00:00 , STANDARD , 0.028  , 0.28 , 0.42  , 0.2    , 2   , 3
                    deepseek-reasoner  , 2026-04-23T23:59 , STANDARD , 0.028  , 0.28 , 0.42  , 0.2    , 2   , 3
                    deepseek-reasoner  , 2026-04-24T00:00 , STANDARD , 0.028  , 0.14 , 0.28  , 0.2    , 1   , 2
                    deepseek-reasoner  , 2026-04-26T20:14 , STANDARD , 0.028  , 0.14 , 0.28  , 0.2    , 1   , 2
                    deepseek-reasoner  , 2026-04-26T20:15 , STANDARD , 0.0028 , 0.14 , 0.28  , 0.02   , 1   , 2
                    deepseek-reasoner  , 2026-07-24T23:59 , STANDARD , 0.0028 , 0.14 , 0.28  , 0.02   , 1   , 2
                    deepseek-v4-flash  , 2026-04-24T00:00 , STANDARD , 0.028  , 0.14 , 0.28  , 0.2    , 1   , 2
                    deepseek-v4-flash  , 2026-04-26T20:14 , STANDARD , 0.028  , 0.14 , 0.28  , 0.2    , 1   , 2
                    deepseek-v4-flash  , 2026-04-26T20:15 , STANDARD , 0.0028 , 0.14 , 0.28  , 0.02   , 1   , 2
                    deepseek-v4-flash  , 2026-08-16T23:59 , STANDARD , 0.0028 , 0.14 , 0.28  , 0.02   , 1   , 2
                    deepseek-v4-flash  , 2026-08-17T00:00 , OFF_PEAK , 0.007  , 0.22 , 0.66  , 0.05   , 1.5 , 4.5
                    deepseek-v4-flash  , 2026-08-17T08:59 , OFF_PEAK , 0.007  , 0.22 , 0.66  , 0.05   , 1.5 , 4.5
                    deepseek-v4-flash  , 2026-08-17T09:00 , PEAK     , 0.014  , 0.44 , 1.32  , 0.10   , 3   , 9
                    deepseek-v4-flash  , 2026-09-10T11:59 , PEAK     , 0.014  , 0.44 , 1.32  , 0.10   , 3   , 9
                    deepseek-v4-flash  , 2026-09-10T12:00 , OFF_PEAK , 0.003  , 0.15 , 0.60  , 0.02   , 1   , 4
                    deepseek-v4-flash-vision-exp, 2026-08-17T00:00 , OFF_PEAK , 0.007 , 0.22 , 0.66 , 0.05 , 1.5 , 4.5
                    deepseek-v4-flash-vision-exp, 2026-08-21T14:00 , PEAK , 0.014 , 0.44 , 1.32 , 0.10 , 3 , 9
                    deepseek-v4-flash-vision-exp, 2026-09-10T11:59 , PEAK , 0.014 , 0.44 , 1.32 , 0.10 , 3 , 9
                    deepseek-v4-flash-vision-exp, 2026-09-10T12:00 , OFF_PEAK , 0.003 , 0.15 , 0.60 , 0.02 , 1 , 4
                    deepseek-v4-flash-vision-exp, 2026-09-10T14:00 , PEAK , 0.006 , 0.30 , 1.20 , 0.04 , 2 , 8
                    deepseek-flash     , 2026-09-10T12:00 , OFF_PEAK , 0.003  , 0.15 , 0.60  , 0.02   , 1   , 4
                    deepseek-flash     , 2026-09-10T13:59 , OFF_PEAK , 0.003  , 0.15 , 0.60  , 0.02   , 1   , 4
                    deepseek-flash     , 2026-09-10T14:00 , PEAK     , 0.006  , 0.30 , 1.20  , 0.04   , 2   , 8
                    deepseek-flash     , 2026-11-27T17:59 , PEAK     , 0.006  , 0.30 , 1.20  , 0.04   , 2   , 8
                    deepseek-flash     , 2026-11-27T18:00 , OFF_PEAK , 0.003  , 0.15 , 0.60  , 0.02   , 1   , 4
                    deepseek-v4-pro    , 2026-04-24T00:00 , STANDARD , 0.145  , 1.74 , 3.48  , 1      , 12  , 24
                    deepseek-v4-pro    , 2026-04-26T20:14 , STANDARD , 0.145  , 1.74 , 3.48  , 1      , 12  , 24
                    deepseek-v4-pro    , 2026-04-26T20:15 , STANDARD , 0.003625, 0.435, 0.87 , 0.025  , 3   , 6
                    deepseek-v4-pro    , 2026-08-16T23:59 , STANDARD , 0.003625, 0.435, 0.87 , 0.025  , 3   , 6
                    deepseek-v4-pro    , 2026-08-17T00:00 , OFF_PEAK , 0.022  , 0.66 , 1.98  , 0.15   , 4.5 , 13.5
                    deepseek-v4-pro    , 2026-08-17T11:59 , PEAK     , 0.044  , 1.32 , 3.96  , 0.30   , 9   , 27
                    deepseek-v4-pro    , 2026-09-14T10:00 , PEAK     , 0.044  , 1.32 , 3.96  , 0.30   , 9   , 27
                    deepseek-v4-pro    , 2026-11-15T10:00 , OFF_PEAK , 0.022  , 0.66 , 1.98  , 0.15   , 4.5 , 13.5
                    """)
    void should_know_each_price_from_its_first_minute_to_its_last(
            String model,
            String beijing,
            PriceBand band,
            String usdHit,
            String usdMiss,
            String usdOutput,
            String cnyHit,
            String cnyMiss,
            String cnyOutput) {
        Rate usd = PriceList.deepSeek().rate(model, beijing(beijing)).orElseThrow();
        Rate cny =
                PriceList.deepSeek(PriceList.CNY).rate(model, beijing(beijing)).orElseThrow();

        assertThat(usd.band()).isEqualTo(band);
        assertThat(cny.band()).isEqualTo(band);
        assertPrices(usd, usdHit, usdMiss, usdOutput);
        assertPrices(cny, cnyHit, cnyMiss, cnyOutput);
    }

    private static void assertPrices(Rate rate, String hit, String miss, String output) {
        assertThat(rate.prices().cacheHit()).isEqualByComparingTo(hit);
        assertThat(rate.prices().cacheMiss()).isEqualByComparingTo(miss);
        assertThat(rate.prices().output()).isEqualByComparingTo(output);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    deepseek-chat      , 2024-12-25T23:59
                    deepseek-chat      , 2026-07-25T00:00
                    deepseek-reasoner  , 2025-01-19T23:59
                    deepseek-reasoner  , 2026-07-25T00:00
                    deepseek-reasoner  , 2026-11-28T10:00
                    deepseek-v4-flash  , 2026-04-23T23:59
                    deepseek-v4-flash-vision-exp, 2026-08-16T23:59
                    deepseek-v4-pro    , 2026-04-23T23:59
                    deepseek-flash     , 2026-09-10T11:59
                    deepseek-v5        , 2026-11-28T10:00
                    DeepSeek-Flash     , 2026-11-28T10:00
                    """)
    void should_have_no_price_outside_of_the_table(String model, String beijing) {
        assertThat(PriceList.deepSeek().rate(model, beijing(beijing))).isEmpty();
    }

    @Test
    void should_take_days_for_those_of_beijing() {
        Instant beforeMidnightInBeijing = Instant.parse("2025-02-08T15:59:59Z");
        Instant midnightInBeijing = Instant.parse("2025-02-08T16:00:00Z");
        Instant midnightInGreenwich = Instant.parse("2025-02-09T00:00:00Z");

        assertThat(miss(beforeMidnightInBeijing)).hasValue("0.14");
        assertThat(miss(midnightInBeijing)).hasValue("0.27");
        assertThat(miss(midnightInGreenwich)).hasValue("0.27");
    }

    private static Optional<String> miss(Instant moment) {
        return PriceList.deepSeek()
                .rate("deepseek-chat", moment)
                .map(rate -> rate.prices().cacheMiss().toPlainString());
    }

    @Test
    void should_say_which_prices_are_not_confirmed() {
        Instant v32 = beijing("2025-12-01T10:00");

        assertThat(rate(PriceList.CNY, v32).prices().assumption()).contains("not confirmed");
        assertThat(rate(PriceList.USD, v32).prices().assumption()).isNull();
    }

    private static Rate rate(Currency currency, Instant moment) {
        return PriceList.deepSeek(currency).rate("deepseek-chat", moment).orElseThrow();
    }

    @Test
    void should_say_when_it_was_last_checked() {
        assertThat(PriceList.deepSeek().checkedOn()).isEqualTo("2026-11-15");
    }
}
