package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.CallGate;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Budgets beside a limit, and what a call is told of a budget that lets it wait or throws. */
@Timeout(120)
class BudgetsAndLimitsTest {

    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
            .brain(request -> {
                if (request.lastUserText().equals("slow")) {
                    awaitQuietly(mayAnswer);
                }
                return Answer.text("Hi");
            });

    @AfterEach
    void close() {
        mayAnswer.countDown();
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder model(CallGate... gates) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .gates(gates);
    }

    private static Budget.Builder ofCalls(int calls) {
        return Budget.builder("calls")
                .money(new BigDecimal(calls), PriceList.USD)
                .pricing(call -> Cost.in(PriceList.USD).services(BigDecimal.ONE).build());
    }

    private static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** What its methods do is the test's. */
    private abstract static class OwnStore implements BudgetStore {

        @Override
        public void settle(Reservation reservation, BigDecimal spent) {}
    }

    @Test
    void should_reserve_nothing_for_a_call_that_waits_at_a_limit_wherever_it_stands_in_the_list() throws Exception {
        CallLimit limit = CallLimit.atMost(1);
        Budget budget = ofCalls(2).build();
        try (DeepSeekChatModel limited = model(budget, limit).build();
                DeepSeekChatModel free = model(budget).build()) {
            CompletableFuture<ChatResponse> running = limited.chatAsync(saying("slow"));
            CompletableFuture<ChatResponse> waiting = limited.chatAsync(saying("slow"));
            until(() -> limit.waiting() == 1);

            assertThat(free.chat("now")).as("one of two is reserved").isEqualTo("Hi");

            mayAnswer.countDown();
            assertThat(running.get(60, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("Hi");
            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(BudgetExceededException.class);
        }
        assertThat(limit).hasToString("0 of 1 running, 0 waiting");
    }

    @Test
    void should_name_the_budget_whose_store_hangs() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        CompletableFuture<BigDecimal> settled = new CompletableFuture<>();
        Budget budget = ofCalls(2)
                .store(new BudgetStore() {
                    @Override
                    public Balance reserve(Reservation reservation) {
                        awaitQuietly(answers);
                        return new Balance(true, BigDecimal.ZERO, null);
                    }

                    @Override
                    public void settle(Reservation reservation, BigDecimal spent) {
                        settled.complete(spent);
                    }
                })
                .build();
        try (DeepSeekChatModel model = model(budget, CallLimit.atMost(1))
                .timeouts(Timeouts.custom().total(Duration.ofMillis(50)).build())
                .build()) {

            assertThatThrownBy(() -> model.chat("Hi"))
                    .isInstanceOf(DeepSeekTimeoutException.class)
                    .hasMessage("The call waited for an answer of the store of the budget 'calls' until its 50"
                            + " milliseconds were over. Try again, allow more time (Timeouts.total), or see what the store"
                            + " is busy with (Budget.builder(...).store).");
            answers.countDown();
            assertThat(settled.get(60, TimeUnit.SECONDS)).as("it was not sent").isEqualByComparingTo("0");
        }
        assertThat(deepSeek.requests()).isEmpty();
    }

    @Test
    void should_say_that_it_was_the_store_that_has_thrown() {
        Budget broken = ofCalls(2)
                .store(new OwnStore() {
                    @Override
                    public Balance reserve(Reservation reservation) {
                        throw new UnsupportedOperationException("expected by this test");
                    }
                })
                .build();
        Budget worse = ofCalls(2)
                .store(new OwnStore() {
                    @Override
                    public Balance reserve(Reservation reservation) {
                        throw new StackOverflowError("expected by this test");
                    }
                })
                .build();
        CallLimit limit = CallLimit.atMost(1);
        try (DeepSeekChatModel model = model(broken, limit).build();
                DeepSeekChatModel another = model(worse, limit).build()) {
            assertThatThrownBy(() -> model.chat("Hi"))
                    .isInstanceOf(BudgetStoreException.class)
                    .hasMessageContaining("The store of the budget 'calls' has thrown")
                    .hasCauseInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> another.chat("Hi"))
                    .isInstanceOf(BudgetStoreException.class)
                    .hasCauseInstanceOf(StackOverflowError.class);
        }
        assertThat(limit).as("no place is lost").hasToString("0 of 1 running, 0 waiting");
        assertThat(deepSeek.requests()).isEmpty();
    }

    @Test
    void should_throw_what_a_key_throws_and_send_nothing() {
        Budget broken = ofCalls(2)
                .per(request -> {
                    throw new IllegalStateException("expected by this test");
                })
                .build();
        Budget worse = ofCalls(2)
                .per(request -> {
                    throw new AssertionError("expected by this test");
                })
                .build();
        CallLimit limit = CallLimit.atMost(1);
        try (DeepSeekChatModel model = model(broken, limit).build();
                DeepSeekChatModel another = model(worse, limit).build()) {
            assertThatThrownBy(() -> model.chat("Hi")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> another.chat("Hi")).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> model.chatAsync(saying("Hi")).get(60, TimeUnit.SECONDS))
                    .hasStackTraceContaining("expected by this test");
        }
        assertThat(limit).hasToString("0 of 1 running, 0 waiting");
        assertThat(deepSeek.requests()).isEmpty();
    }

    @Test
    void should_send_whatever_a_soft_listener_or_a_settlement_throws() {
        Budget budget = ofCalls(0)
                .soft(use -> {
                    throw new AssertionError("expected by this test");
                })
                .store(new BudgetStore() {
                    @Override
                    public Balance reserve(Reservation reservation) {
                        return new Balance(true, BigDecimal.ONE, null);
                    }

                    @Override
                    public void settle(Reservation reservation, BigDecimal spent) {
                        throw new AssertionError("expected by this test");
                    }

                    @Override
                    public boolean mayBlock() {
                        return false;
                    }
                })
                .build();
        try (DeepSeekChatModel model = model(budget).build()) {
            assertThat(model.chat("Hi")).isEqualTo("Hi");
        }
    }

    @Test
    void should_keep_requests_without_a_key_in_an_account_of_their_own() {
        Budget budget = ofCalls(1)
                .per(request -> request.modelName() == null ? "known" : null)
                .build();
        Budget all = ofCalls(1).per(request -> null).build();
        try (DeepSeekChatModel model = model(budget).build();
                DeepSeekChatModel nobody = model(all).build()) {
            model.chat("Hi");
            assertThat(nobody.chat("one")).isEqualTo("Hi");
            assertThat(catchThrowableOfType(BudgetExceededException.class, () -> nobody.chat("two"))
                            .key())
                    .isEmpty();
        }
    }
}
