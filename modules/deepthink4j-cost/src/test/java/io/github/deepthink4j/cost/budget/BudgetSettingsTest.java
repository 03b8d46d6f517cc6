package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.cost.PriceList;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that would only be found wrong when a call is made, or never. */
class BudgetSettingsTest {

    private static final Currency EUR = Currency.getInstance("EUR");

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e18", "1e-19", "1e-999999999", "1e2147483647", "0.1234567890123456789"})
    void should_refuse_an_amount_that_no_database_holds(String amount) {
        assertThatThrownBy(() -> Budget.builder("x").money(new BigDecimal(amount), PriceList.USD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("money must be less than 10^18 and have at most 18 decimals, but is ")
                .hasMessageMatching("(?s).{0,120}");
        assertThatThrownBy(() -> Budget.builder("x").unknownCostsCountAs(new BigDecimal(amount)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0e999999999", "0", "999999999999999999.99", "0.000000000000000001", "1.00000000000000000000000"
            })
    void should_take_all_others(String amount) {
        assertThat(Budget.builder("x")
                        .money(new BigDecimal(amount), PriceList.USD)
                        .build()
                        .toString())
                .hasSizeLessThan(80);
    }

    @Test
    void should_count_no_absurd_price_for_less_than_it_is() {
        assertThat(Amounts.counted(new BigDecimal("1e999999999"))).isNull();
        assertThat(Amounts.counted(new BigDecimal("1e-999999999"))).isEqualByComparingTo("1e-18");
        assertThat(Amounts.counted(new BigDecimal("0.1000000000000000000001")))
                .isEqualByComparingTo("0.100000000000000001");
        assertThat(Amounts.counted(new BigDecimal("1.5"))).isEqualByComparingTo("1.5");
    }

    @Test
    void should_refuse_a_currency_that_the_price_list_does_not_have() {
        assertThatThrownBy(() -> Budget.builder("x").money(BigDecimal.TEN, EUR).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is in EUR, in which its price list has no price");
        assertThatThrownBy(() -> Budget.builder("x")
                        .money(BigDecimal.TEN, PriceList.USD)
                        .pricing(PriceList.deepSeek(PriceList.CNY))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set pricing(list.in(USD))");
        assertThat(Budget.builder("x")
                        .money(BigDecimal.TEN, EUR)
                        .unknownCostsCountAs(BigDecimal.ONE)
                        .build())
                .hasToString("Budget[x, 10 EUR, forever]");
    }

    @Test
    void should_take_durations_beyond_a_century_for_one() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        BudgetPeriod period = BudgetPeriod.rolling(longest);
        Instant now = Instant.parse("2026-11-28T10:00:00Z");

        assertThat(period).isEqualTo(BudgetPeriod.rolling(Duration.ofDays(36_500)));
        assertThat(period.since(now)).isBefore(now);
        assertThat(period.renewal(period.slice(now))).isAfter(now);
        assertThat(Budget.builder("x")
                        .tokens(Long.MAX_VALUE)
                        .every(period)
                        .reservationsExpireAfter(longest)
                        .build())
                .isNotNull();
    }
}
