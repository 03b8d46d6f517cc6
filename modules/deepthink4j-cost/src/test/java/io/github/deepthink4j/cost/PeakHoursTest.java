package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When DeepSeek bills twice as much: 09:00 to 12:00 and 14:00 to 18:00 in Beijing, Monday to Friday, not on holidays. */
class PeakHoursTest {

    private static final PriceList PRICES = PriceList.deepSeek();

    private static Instant beijing(String local) {
        return LocalDateTime.parse(local).toInstant(ZoneOffset.ofHours(8));
    }

    private static boolean isPeak(String beijing) {
        return PRICES.rate("deepseek-v4-pro", beijing(beijing)).orElseThrow().isPeak();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"})
    void should_have_two_windows_on_each_day_from_monday_to_friday(String day) {
        assertThat(isPeak(day + "T08:59:59")).isFalse();
        assertThat(isPeak(day + "T09:00")).isTrue();
        assertThat(isPeak(day + "T11:59:59")).isTrue();
        assertThat(isPeak(day + "T12:00")).isFalse();
        assertThat(isPeak(day + "T13:59:59")).isFalse();
        assertThat(isPeak(day + "T14:00")).isTrue();
        assertThat(isPeak(day + "T17:59:59")).isTrue();
        assertThat(isPeak(day + "T18:00")).isFalse();
        assertThat(isPeak(day + "T00:00")).isFalse();
    }

    /** The second Saturday is one that is worked, for the days off around the first of October. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-11-28", "2026-11-29", "2026-10-10", "2026-09-20"})
    void should_have_none_on_saturdays_and_sundays_not_even_on_those_that_are_worked(String day) {
        assertThat(isPeak(day + "T09:00")).isFalse();
        assertThat(isPeak(day + "T11:00")).isFalse();
        assertThat(isPeak(day + "T14:00")).isFalse();
        assertThat(isPeak(day + "T17:59")).isFalse();
    }

    @Test
    void should_have_had_them_at_weekends_for_one_week() {
        assertThat(isPeak("2026-08-22T10:00")).as("Saturday").isTrue();
        assertThat(isPeak("2026-08-23T10:00")).as("Sunday").isFalse();
        assertThat(isPeak("2026-08-24T10:00")).as("Monday").isTrue();
        assertThat(isPeak("2026-08-29T10:00")).as("Saturday").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-09-25", "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"})
    void should_have_none_on_holidays(String day) {
        assertThat(isPeak(day + "T10:00")).isFalse();
        assertThat(isPeak(day + "T15:00")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-09-24", "2026-09-28", "2026-09-30", "2026-10-08", "2026-12-25"})
    void should_have_them_on_the_days_beside_holidays(String day) {
        assertThat(isPeak(day + "T10:00")).isTrue();
    }

    /** The rule about holidays came at some time between the two. */
    @Test
    void should_say_where_it_is_not_sure_about_a_holiday() {
        Rate holiday =
                PRICES.rate("deepseek-flash", beijing("2026-10-01T10:00")).orElseThrow();
        Rate workday =
                PRICES.rate("deepseek-flash", beijing("2026-09-30T10:00")).orElseThrow();

        assertThat(holiday.assumption()).contains("2026-10-17");
        assertThat(workday.assumption()).isNull();
    }

    @Test
    void should_take_the_peak_price_for_an_estimate_in_a_year_whose_holidays_nobody_has_entered() {
        Rate atPeak = PRICES.rate("deepseek-flash", beijing("2027-03-15T10:00")).orElseThrow();
        Rate atNight =
                PRICES.rate("deepseek-flash", beijing("2027-03-15T20:00")).orElseThrow();
        Rate onSunday =
                PRICES.rate("deepseek-flash", beijing("2027-03-14T10:00")).orElseThrow();

        assertThat(atPeak.isPeak()).isTrue();
        assertThat(atPeak.assumption()).isEqualTo("no holidays of 2027 are in the price list");
        assertThat(atNight.assumption()).isNull();
        assertThat(onSunday.assumption()).isNull();
    }

    @Test
    void should_go_by_the_holidays_that_a_user_has_entered() {
        PriceList prices = PRICES.toBuilder()
                .holidays(PRICES.holidays().with(2027, LocalDate.parse("2027-03-15")))
                .build();

        Rate holiday =
                prices.rate("deepseek-flash", beijing("2027-03-15T10:00")).orElseThrow();
        Rate workday =
                prices.rate("deepseek-flash", beijing("2027-03-16T10:00")).orElseThrow();

        assertThat(holiday.isPeak()).isFalse();
        assertThat(workday.isPeak()).isTrue();
        assertThat(workday.assumption()).isNull();
        assertThat(prices.rate("deepseek-flash", beijing("2026-10-01T10:00"))
                        .orElseThrow()
                        .isPeak())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # from             , next off-peak    , why
                    2026-11-27T08:59:30, 2026-11-27T08:59:30, it is
                    2026-11-27T09:00   , 2026-11-27T12:00 , the break at noon
                    2026-11-27T11:59:59, 2026-11-27T12:00 , the break at noon
                    2026-11-27T12:00   , 2026-11-27T12:00 , it is
                    2026-11-27T14:00   , 2026-11-27T18:00 , the evening
                    2026-11-28T10:00   , 2026-11-28T10:00 , a Saturday
                    2026-10-01T10:00   , 2026-10-01T10:00 , a holiday
                    2026-09-10T11:00   , 2026-09-10T12:00 , when the price changes as well
                    2026-08-22T17:00   , 2026-08-22T18:00 , a Saturday that had peak hours
                    2026-05-01T10:00   , 2026-05-01T10:00 , one price at all hours
                    2027-05-03T10:00   , 2027-05-03T12:00 , a year without holidays
                    """)
    void should_know_when_work_that_can_wait_is_next_cheap(String from, String expected, String why) {
        assertThat(PRICES.nextOffPeak("deepseek-v4-pro", beijing(from))).as(why).hasValue(beijing(expected));
    }

    @Test
    void should_wait_for_the_night_of_2025() {
        assertThat(PRICES.nextOffPeak("deepseek-reasoner", beijing("2025-03-01T12:00")))
                .hasValue(beijing("2025-03-02T00:30"));
        assertThat(PRICES.nextOffPeak("deepseek-reasoner", beijing("2025-02-01T12:00")))
                .as("before there was any")
                .hasValue(beijing("2025-02-01T12:00"));
        assertThat(PRICES.nextOffPeak("deepseek-reasoner", beijing("2025-09-05T12:00")))
                .as("after the last night there is one price again, and it is what holds then")
                .hasValue(beijing("2025-09-06T00:00"));
    }

    @Test
    void should_not_know_when_a_model_without_a_price_is_cheap() {
        assertThat(PRICES.nextOffPeak("deepseek-v5", beijing("2026-11-27T10:00")))
                .isEmpty();
        assertThat(PRICES.nextOffPeak("deepseek-flash", beijing("2026-09-10T10:00")))
                .isEmpty();
    }

    @Test
    void should_read_hours_through_midnight() {
        DailyHours night = DailyHours.of("22:00-06:00");
        DailyHours evening = DailyHours.of("18:00-24:00");

        assertThat(List.of("21:59", "22:00", "23:59", "00:00", "05:59", "06:00"))
                .extracting(time -> night.contain(LocalTime.parse(time)))
                .containsExactly(false, true, true, true, true, false);
        assertThat(List.of("17:59", "18:00", "23:59", "00:00"))
                .extracting(time -> evening.contain(LocalTime.parse(time)))
                .containsExactly(false, true, true, false);
    }
}
