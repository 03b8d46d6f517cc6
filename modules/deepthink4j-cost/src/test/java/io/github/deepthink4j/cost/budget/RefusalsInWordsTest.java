package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.NonRetriableException;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers are told where a budget does not let them in. */
@Timeout(120)
class RefusalsInWordsTest {

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("Hi"));

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private Consumer<DeepSeekModelBuilder<?>> settings(Budget.Builder budget) {
        Budget built = budget.build();
        return builder -> {
            builder.baseUrl(deepSeek.baseUrl());
            builder.apiKey("test");
            builder.modelName("deepseek-flash");
            builder.gates(built);
            builder.retryPolicy(RetryPolicy.NONE);
        };
    }

    private static Budget.Builder unpriced() {
        return Budget.builder("daily")
                .money(BigDecimal.ONE, PriceList.USD)
                .pricing(call -> Cost.unknown("nobody knows"));
    }

    private static void assertNothingIsBilled(Throwable refused) {
        assertThat(((DeepSeekError) refused).cost()).isNull();
        assertThat(((DeepSeekError) refused).tokenUsage()).isNull();
        assertThat(DeepSeekError.costOf(refused)).isNull();
        assertThat(DeepSeekError.mayBeBilled(refused)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_say_of_which_budget_a_cost_is_not_known_and_what_to_do(CallKind kind) {
        Throwable refused = kind.failure("Hi", settings(unpriced().per(request -> "ann")));

        assertThat(refused)
                .isInstanceOf(UnknownCostException.class)
                .hasMessage(
                        "What this call to deepseek-flash will cost is not known (nobody knows), so the budget 'daily' of"
                                + " 'ann' can't answer for it. Nothing was sent. Give the budget prices that know the model"
                                + " (pricing), or an amount to count instead (unknownCostsCountAs).");
        assertThat(((UnknownCostException) refused).budget()).isEqualTo("daily");
        assertThat(((UnknownCostException) refused).key()).hasValue("ann");
        assertNothingIsBilled(refused);
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_say_which_budget_does_not_suffice_and_when_it_renews(CallKind kind) {
        Throwable refused = kind.failure(
                "Hi",
                settings(Budget.builder("daily")
                        .tokens(9_000)
                        .assumedOutputTokens(8_999)
                        .per(request -> "ann")
                        .every(BudgetPeriod.day(ZoneOffset.UTC))
                        .clock(Clock.fixed(Instant.parse("2026-11-28T10:00:00Z"), ZoneOffset.UTC))));

        assertThat(refused)
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageStartingWith("The budget 'daily' of 'ann' does not suffice: 0 of 9000 tokens are used")
                .hasMessageEndingWith("Nothing was sent. All of it would not suffice; ask for less, or raise it.");
        assertNothingIsBilled(refused);
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_say_of_which_budget_the_store_fails(CallKind kind) {
        JdbcConnectionPool empty = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        try {
            Throwable refused = kind.failure(
                    "Hi",
                    settings(Budget.builder("daily")
                            .tokens(100_000)
                            .per(request -> "ann")
                            .store(JdbcBudgetStore.of(empty))));

            assertThat(refused)
                    .isInstanceOf(BudgetStoreException.class)
                    .as("by which no failover asks another model")
                    .isInstanceOf(NonRetriableException.class)
                    .hasMessageStartingWith("The store of the budget 'daily' of 'ann' has failed: ")
                    .hasMessageContaining("createTables()")
                    .hasMessageEndingWith(
                            ". Nothing was sent. See to the store (Budget.builder(...).store), and try again");
            assertThat(((DeepSeekError) refused).code()).isEqualTo("budget_store");
            assertNothingIsBilled(refused);
        } finally {
            empty.dispose();
        }
    }

    @Test
    void should_tell_no_secret_and_no_second_line_of_a_key() {
        String secret = "sk-" + "4f".repeat(16);
        Throwable refused = CallKind.ASYNC.failure(
                "Hi",
                settings(Budget.builder("daily").tokens(1).per(request -> "tenant " + secret + "\nof\0 two lines")));

        assertThat(refused)
                .hasMessageStartingWith("The budget 'daily' of 'tenant *** of two lines' does not suffice")
                .message()
                .doesNotContain(secret);
    }

    /** Neither what it can't price nor what it can't note. */
    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_refuse_nothing_where_it_is_soft(CallKind kind) {
        BudgetStore broken = new RecordingStore(true) {
            @Override
            public Balance reserve(Reservation reservation) {
                throw new StackOverflowError("expected by this test");
            }
        };
        for (Budget.Builder budget : List.of(
                unpriced(),
                Budget.builder("daily").tokens(0),
                Budget.builder("daily").tokens(1_000_000).store(broken))) {
            assertThat(kind.failure("Hi", settings(budget.soft(use -> {})))).isNull();
        }
        assertThat(deepSeek.requests()).hasSize(3);
    }
}
