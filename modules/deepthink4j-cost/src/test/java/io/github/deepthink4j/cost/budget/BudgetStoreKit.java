package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.cost.budget.BudgetStore.Balance;
import io.github.deepthink4j.cost.budget.BudgetStore.Reservation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each store does alike. */
@Timeout(120)
abstract class BudgetStoreKit {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final BudgetPeriod DAY = BudgetPeriod.day();

    /** So that tests in one database do not meet. */
    private final String account = "account " + UUID.randomUUID();

    abstract BudgetStore store();

    private Reservation reservation(Instant now, String amount, @Nullable String limit) {
        return reservation(account, DAY, now, amount, limit);
    }

    static Reservation reservation(
            String account, BudgetPeriod period, Instant now, String amount, @Nullable String limit) {
        Instant slice = period.slice(now);
        return new Reservation(
                UUID.randomUUID().toString(),
                account,
                slice,
                period.since(now),
                period.renewal(slice),
                new BigDecimal(amount),
                limit == null ? null : new BigDecimal(limit),
                now,
                now.plus(Duration.ofMinutes(10)));
    }

    private BigDecimal used(Instant now) {
        Reservation probe = reservation(now, "0", null);
        Balance balance = store().reserve(probe);
        store().settle(probe, BigDecimal.ZERO);
        return balance.used();
    }

    @Test
    void should_reserve_as_long_as_there_is_enough() {
        assertThat(store().reserve(reservation(NOW, "6", "10")))
                .satisfies(it -> assertThat(it.reserved()).isTrue())
                .satisfies(it -> assertThat(it.used()).isEqualByComparingTo("0"));
        assertThat(store().reserve(reservation(NOW, "4.000000001", "10")))
                .satisfies(it -> assertThat(it.reserved()).isFalse())
                .satisfies(it -> assertThat(it.used()).isEqualByComparingTo("6"))
                .satisfies(it -> assertThat(it.oldest()).isEqualTo(DAY.slice(NOW)));
        assertThat(store().reserve(reservation(NOW, "4", "10")).reserved()).isTrue();
        assertThat(store().reserve(reservation(NOW, "1", null)).reserved())
                .as("more may be reserved than there is, if nobody limits it")
                .isTrue();
        assertThat(used(NOW)).isEqualByComparingTo("11");
    }

    @Test
    void should_put_what_was_spent_in_place_of_what_was_reserved() {
        Reservation first = reservation(NOW, "6", "10");
        Reservation second = reservation(NOW, "4", "10");
        store().reserve(first);
        store().reserve(second);

        store().settle(first, new BigDecimal("0.0000031"));
        assertThat(used(NOW)).isEqualByComparingTo("4.0000031");
        store().settle(second, BigDecimal.ZERO);
        assertThat(used(NOW)).isEqualByComparingTo("0.0000031");
        Reservation third = reservation(NOW, "1", "10");
        store().reserve(third);
        store().settle(third, new BigDecimal("12"));
        assertThat(used(NOW)).as("more than was reserved").isEqualByComparingTo("12.0000031");
        assertThat(store().reserve(reservation(NOW, "1", "10")).reserved()).isFalse();
    }

    @Test
    void should_let_go_of_what_a_process_has_reserved_that_has_died() {
        Reservation lost = reservation(NOW, "10", "10");
        store().reserve(lost);

        assertThat(store().reserve(reservation(NOW.plusSeconds(599), "10", "10"))
                        .reserved())
                .isFalse();
        Reservation next = reservation(NOW.plusSeconds(600), "10", "10");
        assertThat(store().reserve(next).reserved()).isTrue();

        store().settle(lost, new BigDecimal("3"));
        store().settle(next, new BigDecimal("2"));
        assertThat(used(NOW.plusSeconds(600)))
                .as("it lived after all, and was late")
                .isEqualByComparingTo("5");
    }

    @Test
    void should_begin_anew_at_the_edge_of_the_period() {
        Instant before = Instant.parse("2026-11-28T15:59:59.999Z");
        Instant after = Instant.parse("2026-11-28T16:00:00Z");
        Reservation late = reservation(before, "10", "10");
        store().reserve(late);

        assertThat(store().reserve(reservation(before, "1", "10")).reserved()).isFalse();
        Reservation next = reservation(after, "7", "10");
        assertThat(store().reserve(next).reserved()).isTrue();
        store().settle(late, new BigDecimal("9"));
        store().settle(next, new BigDecimal("7"));

        assertThat(used(after)).as("what began before is the earlier day's").isEqualByComparingTo("7");
    }

    @Test
    void should_let_a_rolling_period_go_on_by_and_by() {
        BudgetPeriod hour = BudgetPeriod.rolling(Duration.ofHours(1));
        Reservation first = reservation(account, hour, NOW, "6", "10");
        Reservation second = reservation(account, hour, NOW.plusSeconds(1800), "4", "10");
        store().reserve(first);
        store().settle(first, new BigDecimal("6"));
        store().reserve(second);
        store().settle(second, new BigDecimal("4"));

        Balance refused = store().reserve(reservation(account, hour, NOW.plusSeconds(3600), "1", "10"));
        assertThat(refused.reserved()).isFalse();
        assertThat(refused.oldest()).isEqualTo(NOW);
        Balance later = store().reserve(reservation(account, hour, NOW.plusSeconds(3660), "1", "10"));
        assertThat(later.reserved()).isTrue();
        assertThat(later.used()).isEqualByComparingTo("4");
    }

    /** In 2031, for one call. */
    private Instant ahead() {
        return NOW.plus(Duration.ofDays(1_825));
    }

    @Test
    void should_not_keep_an_account_in_the_future_after_a_clock_was_ahead_for_a_moment() {
        Reservation before = reservation(NOW, "2", "10");
        store().reserve(before);
        store().settle(before, new BigDecimal("2"));
        Reservation settled = reservation(ahead(), "3", "10");
        Reservation lost = reservation(ahead(), "4", "10");
        store().reserve(settled);
        store().settle(settled, new BigDecimal("3"));
        store().reserve(lost);

        Balance refused = store().reserve(reservation(NOW.plusSeconds(5), "2", "10"));
        assertThat(refused.used())
                .as("what was spent before and meanwhile, and what is reserved")
                .isEqualByComparingTo("9");
        assertThat(refused.reserved()).isFalse();
        assertThat(refused.oldest()).isEqualTo(DAY.slice(NOW));

        assertThat(used(NOW.plusSeconds(1_000)))
                .as("the reservation expires as if it had been made after")
                .isEqualByComparingTo("5");
        assertThat(used(NOW.plus(Duration.ofDays(1))))
                .as("the next day is a new one")
                .isEqualByComparingTo("0");
    }

    @Test
    void should_bring_a_rolling_period_back_from_the_future_too() {
        BudgetPeriod hour = BudgetPeriod.rolling(Duration.ofHours(1));
        Reservation wrong = reservation(account, hour, ahead(), "6", "10");
        store().reserve(wrong);
        Reservation right = reservation(account, hour, NOW, "5", "10");
        assertThat(store().reserve(right).reserved()).isFalse();

        store().settle(wrong, new BigDecimal("7"));
        Balance refused = store().reserve(reservation(account, hour, NOW.plusSeconds(60), "5", "10"));
        assertThat(refused.used()).isEqualByComparingTo("7");
        assertThat(refused.oldest()).isEqualTo(NOW);
        assertThat(store().reserve(reservation(account, hour, NOW.plusSeconds(3_660), "10", "10"))
                        .reserved())
                .isTrue();
    }

    @Test
    void should_leave_what_a_clock_has_noted_that_is_some_seconds_ahead() {
        Instant midnight = Instant.parse("2026-11-28T16:00:00Z");
        Reservation byTheOther = reservation(midnight, "6", "10");
        store().reserve(byTheOther);
        store().settle(byTheOther, new BigDecimal("6"));

        assertThat(used(midnight.minusSeconds(3))).isEqualByComparingTo("6");
        assertThat(used(midnight.plusSeconds(3))).isEqualByComparingTo("6");
    }

    @Test
    void should_count_a_settlement_once_that_is_told_twice() {
        Reservation one = reservation(NOW, "6", "10");
        store().reserve(one);

        store().settle(one, new BigDecimal("3"));
        store().settle(one, new BigDecimal("3"));

        assertThat(used(NOW)).isEqualByComparingTo("3");
    }

    @Test
    void should_keep_accounts_apart_whatever_their_names() {
        String longName = "x".repeat(900);
        store().reserve(reservation(account + longName + "a", DAY, NOW, "10", "10"));

        assertThat(store().reserve(reservation(account + longName + "b", DAY, NOW, "10", "10"))
                        .reserved())
                .isTrue();
        assertThat(store().reserve(reservation(account + "' OR '1'='1", DAY, NOW, "10", "10"))
                        .reserved())
                .isTrue();
        assertThat(store().reserve(reservation(account + longName + "a", DAY, NOW, "1", "10"))
                        .reserved())
                .isFalse();
        assertThat(used(NOW)).isEqualByComparingTo("0");
    }

    /** Which many a database takes for equal, or refuses. */
    static List<String> similarKeys() {
        String longOne = "x".repeat(10_000);
        return List.of(
                "",
                " ",
                "\0",
                "null",
                "ann",
                "Ann",
                "ANN",
                "ann ",
                "ann\0",
                "\0ann",
                "ann\u200b",
                "\u00e4nn",
                "a\u0308nn",
                "\uff41nn",
                "stra\u00dfe",
                "strasse",
                "STRASSE",
                "\u0130",
                "i",
                "I",
                "\u0131",
                "\ud800",
                "\ud801",
                "?",
                "\ufffd",
                "\ud83d\ude00",
                "\ud83d\ude01",
                "a:b",
                "a#b",
                "a'b",
                longOne,
                longOne + "y",
                longOne + "Y",
                longOne + "y ");
    }

    @Test
    void should_keep_accounts_apart_that_look_alike_and_know_each_of_them_again() {
        for (String key : similarKeys()) {
            assertThat(store().reserve(reservation(account + key, DAY, NOW, "1", "1"))
                            .reserved())
                    .as("the first of '%s'", key.length() > 50 ? "a long one" : key)
                    .isTrue();
        }
        for (String key : similarKeys()) {
            Reservation another = reservation(account + key, DAY, NOW, "1", "1");
            assertThat(store().reserve(another).reserved()).isFalse();
        }
    }

    @Test
    void should_reserve_no_more_than_there_is_however_many_come_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Boolean>> reserved = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            reserved.add(threads.submit(() -> {
                Reservation one = reservation(NOW, "1", "100");
                boolean fits = store().reserve(one).reserved();
                if (fits) {
                    store().settle(one, BigDecimal.ONE);
                }
                return fits;
            }));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        int fits = 0;
        for (Future<Boolean> each : reserved) {
            fits += each.get() ? 1 : 0;
        }
        assertThat(fits).isEqualTo(100);
        assertThat(used(NOW)).isEqualByComparingTo("100");
    }
}
