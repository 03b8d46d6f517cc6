package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class BudgetPeriodTest {

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    @Test
    void should_begin_the_day_at_midnight_in_beijing() {
        BudgetPeriod day = BudgetPeriod.day();

        assertThat(day.slice(at("2026-11-28T15:59:59.999Z"))).isEqualTo(at("2026-11-27T16:00:00Z"));
        assertThat(day.slice(at("2026-11-28T16:00:00Z"))).isEqualTo(at("2026-11-28T16:00:00Z"));
        assertThat(day.renewal(at("2026-11-27T16:00:00Z"))).isEqualTo(at("2026-11-28T16:00:00Z"));
        assertThat(day).hasToString("day in Asia/Shanghai");
    }

    @Test
    void should_know_days_that_are_shorter_and_longer() {
        BudgetPeriod day = BudgetPeriod.day(ZoneId.of("Europe/Berlin"));

        assertThat(day.renewal(day.slice(at("2026-03-29T12:00:00Z")))).isEqualTo(at("2026-03-29T22:00:00Z"));
        assertThat(day.slice(at("2026-03-29T12:00:00Z"))).isEqualTo(at("2026-03-28T23:00:00Z"));
        assertThat(day.renewal(day.slice(at("2026-10-25T12:00:00Z")))).isEqualTo(at("2026-10-25T23:00:00Z"));
    }

    @Test
    void should_begin_the_month_on_its_first() {
        BudgetPeriod month = BudgetPeriod.month(ZoneId.of("UTC"));

        assertThat(month.slice(at("2024-02-29T23:59:59Z"))).isEqualTo(at("2024-02-01T00:00:00Z"));
        assertThat(month.renewal(at("2024-02-01T00:00:00Z"))).isEqualTo(at("2024-03-01T00:00:00Z"));
        assertThat(BudgetPeriod.month()).hasToString("month in Asia/Shanghai");
    }

    @Test
    void should_let_go_of_what_is_older_than_a_rolling_period_and_never_earlier() {
        BudgetPeriod hour = BudgetPeriod.rolling(Duration.ofHours(1));
        Instant spent = at("2026-11-28T10:00:59Z");
        Instant slice = hour.slice(spent);

        assertThat(slice).isEqualTo(at("2026-11-28T10:00:00Z"));
        assertThat(hour.since(at("2026-11-28T11:00:59Z"))).isBeforeOrEqualTo(slice);
        assertThat(hour.since(at("2026-11-28T11:01:00Z"))).isAfter(slice);
        assertThat(hour.renewal(slice)).isEqualTo(at("2026-11-28T11:01:00Z"));
    }

    @Test
    void should_never_renew_what_is_for_ever() {
        assertThat(BudgetPeriod.forever().renewal(BudgetPeriod.forever().slice(Instant.now())))
                .isNull();
    }

    @Test
    void should_be_values() {
        assertThat(BudgetPeriod.day()).isEqualTo(BudgetPeriod.day(BudgetPeriod.BEIJING));
        assertThat(BudgetPeriod.day())
                .isNotEqualTo(BudgetPeriod.month())
                .isNotEqualTo(BudgetPeriod.day(ZoneId.of("UTC")));
        assertThat(BudgetPeriod.rolling(Duration.ofHours(5)))
                .isEqualTo(BudgetPeriod.rolling(Duration.ofHours(5)))
                .hasSameHashCodeAs(BudgetPeriod.rolling(Duration.ofHours(5)))
                .hasToString("rolling PT5H");
        assertThatThrownBy(() -> BudgetPeriod.rolling(Duration.ofSeconds(59)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
