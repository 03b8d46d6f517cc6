package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.CallGate;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each attempt reserves 5 and, where it is answered, has cost 2: what counts of those that fail, whichever way one asks. */
@Timeout(120)
class AttemptsAndBudgetsTest {

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("Hi"));

    private final CallLimit limit = CallLimit.atMost(1);
    private final Queue<AttemptEvent> attempts = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private static Budget.Builder budget(String limit) {
        return Budget.builder("test")
                .money(new BigDecimal(limit), PriceList.USD)
                .assumedOutputTokens(1_000_000)
                .pricing(call -> Cost.in(PriceList.USD)
                        .services(new BigDecimal(call.outputTokens() == 1_000_000 ? "5" : "2"))
                        .build());
    }

    private Consumer<DeepSeekModelBuilder<?>> settings(CallGate... gates) {
        List<CallGate> all = new ArrayList<>(List.of(gates));
        all.add(limit);
        return builder -> {
            builder.baseUrl(deepSeek.baseUrl());
            builder.apiKey("test");
            builder.modelName("deepseek-flash");
            builder.gates(all);
            builder.retryPolicy(RetryPolicy.custom()
                    .baseDelay(Duration.ofMillis(1))
                    .onAttempt(attempts::add)
                    .build());
        };
    }

    private static Consumer<DeepSeekModelBuilder<?>> once(Consumer<DeepSeekModelBuilder<?>> settings) {
        return settings.andThen(builder -> builder.retryPolicy(RetryPolicy.NONE));
    }

    private static List<RecordingStore> stores() {
        return List.of(new RecordingStore(false), new RecordingStore(true));
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_reserve_for_each_attempt_anew_and_count_what_may_have_been_billed(CallKind kind) {
        for (RecordingStore store : stores()) {
            deepSeek.respond(
                    Answer.error(429, "busy"),
                    Answer.error(503, "busy"),
                    Answer.text("Hi").fault(Fault.CUT_BEFORE_FIRST_PIECE),
                    Answer.text("Hi"));

            assertThat(kind.failure("Hi", settings(budget("100").store(store).build())))
                    .isNull();

            assertThat(store.settlements()).containsExactly("0", "0", "5", "2");
        }
        assertThat(limit).hasToString("0 of 1 running, 0 waiting");
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_count_nothing_for_what_was_refused_and_all_for_what_has_failed_nobody_knows_how(CallKind kind) {
        for (RecordingStore store : stores()) {
            Budget budget = budget("1000").store(store).build();
            List<Integer> refusals = List.of(400, 401, 402, 404, 413, 422, 503);
            List<Integer> faults = List.of(500, 502, 504);
            for (List<Integer> statuses : List.of(refusals, faults)) {
                for (int status : statuses) {
                    deepSeek.respond(Answer.error(status, "no"));
                    assertThat(kind.failure("Hi", once(settings(budget)))).isNotNull();
                }
            }

            assertThat(store.settlements())
                    .hasSize(refusals.size() + faults.size())
                    .endsWith("0", "5", "5", "5")
                    .startsWith("0", "0", "0", "0", "0", "0", "0");
        }
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_count_nothing_for_what_never_arrived(CallKind kind) {
        for (RecordingStore store : stores()) {
            assertThat(kind.failure(
                            "Hi",
                            settings(budget("7").store(store).build())
                                    .andThen(builder -> builder.baseUrl("http://localhost:1"))))
                    .isInstanceOf(ConnectionFailedException.class);

            assertThat(store.settlements()).as("one for each attempt").containsExactly("0", "0", "0");
        }
    }

    /** A caller who has his answer, or the policy that tries again, must not meet what the attempt before had reserved. */
    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_find_what_the_attempt_before_has_given_back_however_slow_the_store(CallKind kind) {
        RecordingStore slow = new RecordingStore(true) {
            @Override
            public void settle(Reservation reservation, BigDecimal spent) {
                sleep(50);
                super.settle(reservation, spent);
            }
        };
        deepSeek.respond(Answer.error(503, "busy"));
        Budget budget = budget("9").store(slow).build();

        for (int i = 0; i < 3; i++) {
            assertThat(kind.failure("Hi", settings(budget))).isNull();
        }

        assertThat(kind.failure("Hi", settings(budget))).isInstanceOf(BudgetExceededException.class);
        assertThat(slow.settlements()).containsExactly("0", "2", "2", "2");
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_count_all_of_what_was_cut_in_its_midst(CallKind kind) {
        for (RecordingStore store : stores()) {
            deepSeek.respond(Answer.text("a longer answer").fault(Fault.CUT_IN_ANSWER));

            assertThat(kind.failure("Hi", settings(budget("7").store(store).build())))
                    .isInstanceOf(StreamCutException.class);

            assertThat(store.settlements()).containsExactly("5");
        }
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_count_nothing_for_an_attempt_that_came_too_late_to_be_sent(CallKind kind) {
        for (RecordingStore store : stores()) {
            deepSeek.respond(Answer.error(503, "busy"));

            assertThat(kind.failure(
                            "Hi", settings(budget("100").store(store).build()).andThen(builder -> {
                                builder.timeouts(Timeouts.custom()
                                        .total(Duration.ofSeconds(2))
                                        .build());
                                builder.retryPolicy(RetryPolicy.custom()
                                        .baseDelay(Duration.ofMillis(1))
                                        .onAttempt(attempt -> sleep(2_100))
                                        .build());
                            })))
                    .isInstanceOf(DeepSeekTimeoutException.class);

            assertThat(store.settlements()).containsOnly("0");
        }
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_not_try_again_what_a_budget_refuses_nor_take_it_for_a_failure_of_the_server(CallKind kind) {
        CallLimit adaptive = CallLimit.adaptive();
        for (RecordingStore store : stores()) {
            Throwable refused =
                    kind.failure("Hi", settings(budget("4").store(store).build(), adaptive));

            assertThat(refused).isInstanceOf(BudgetExceededException.class);
            assertThat(((DeepSeekError) refused).cost())
                    .as("nothing, not unknown")
                    .isNull();
            assertThat(DeepSeekError.mayBeBilled(refused)).isFalse();
            assertThat(store.settlements()).isEmpty();
        }
        assertThat(attempts).isEmpty();
        assertThat(adaptive.refusals()).isZero();
        assertThat(adaptive).hasToString("0 of 20 running, 0 waiting");
        assertThat(limit).hasToString("0 of 1 running, 0 waiting");
        assertThat(deepSeek.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_give_back_what_one_budget_has_reserved_where_the_next_one_refuses(CallKind kind) {
        RecordingStore first = new RecordingStore(true);
        RecordingStore second = new RecordingStore(false);
        Budget generous = budget("10").store(first).build();
        Budget mean = budget("4").store(second).build();
        Budget broken = budget("4")
                .store(new RecordingStore(true) {
                    @Override
                    public Balance reserve(Reservation reservation) {
                        throw new StackOverflowError("expected by this test");
                    }
                })
                .build();

        assertThat(kind.failure("Hi", settings(generous, mean))).isInstanceOf(BudgetExceededException.class);
        assertThat(kind.failure("Hi", settings(generous, broken))).isInstanceOf(BudgetStoreException.class);

        assertThat(first.settlements()).containsExactly("0", "0");
        assertThat(second.settlements()).isEmpty();
        assertThat(limit).hasToString("0 of 1 running, 0 waiting");
        assertThat(kind.failure("Hi", settings(generous))).isNull();
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_say_what_an_attempt_before_has_cost_where_the_next_one_is_refused(CallKind kind) {
        for (RecordingStore store : stores()) {
            deepSeek.respond(Answer.error(500, "broken"));

            Throwable refused =
                    kind.failure("Hi", settings(budget("7").store(store).build()));

            assertThat(refused).isInstanceOf(BudgetExceededException.class);
            assertThat(refused.getSuppressed()).singleElement().isInstanceOf(ServerFaultException.class);
            assertThat(((BudgetExceededException) refused).used()).isEqualByComparingTo("5");
            assertThat(store.settlements()).containsExactly("5");
        }
    }

    /** What is thrown for half of the users, in the midst of reservations. */
    private static final class ThrowingStore extends RecordingStore {

        private final boolean reservesBefore;

        ThrowingStore(boolean mayBlock, boolean reservesBefore) {
            super(mayBlock);
            this.reservesBefore = reservesBefore;
        }

        @Override
        public @Nullable Balance reserve(Reservation reservation) {
            boolean isBad = reservation.account().endsWith("bad");
            if (!isBad) {
                return super.reserve(reservation);
            }
            if (reservesBefore) {
                super.reserve(reservation);
            }
            return switch (reservation.id().charAt(0) % 4) {
                case 0 -> null;
                case 1 -> throw new IllegalStateException("expected by this test");
                case 2 -> throw new OutOfMemoryError("expected by this test");
                default -> throw new AssertionError("expected by this test");
            };
        }

        @Override
        public boolean mayBlock() {
            throw new StackOverflowError("expected by this test");
        }
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_leave_nothing_reserved_by_a_store_that_throws_for_half_of_the_users(CallKind kind) throws Exception {
        for (boolean reservesBefore : List.of(true, false)) {
            ThrowingStore store = new ThrowingStore(true, reservesBefore);
            Budget budget = budget("1000")
                    .per(request -> request.messages().toString().contains("bad") ? "bad" : "good")
                    .store(store)
                    .build();
            List<Thread> threads = new ArrayList<>();
            Queue<String> ends = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < 16; i++) {
                String text = i % 2 == 0 ? "good" : "bad";
                threads.add(new Thread(() -> {
                    Throwable failure = kind.failure(text, settings(budget));
                    ends.add(text + " "
                            + (failure == null ? "answered" : failure.getClass().getSimpleName()));
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(ends).hasSize(16).containsOnly("good answered", "bad BudgetStoreException");
            assertThat(store.settlements()).containsOnly("0", "2");
            assertThat(limit).hasToString("0 of 1 running, 0 waiting");
        }
    }
}
