package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Budgets and limits of models whose executor refuses, throws, or loses what it is given; and of calls that are cancelled. */
@Timeout(120)
class LostExecutorsTest {

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("Hi"));

    private final CallLimit limit = CallLimit.atMost(2);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private static Budget budget(BudgetStore store) {
        return Budget.builder("test")
                .money(new BigDecimal("1000"), PriceList.USD)
                .assumedOutputTokens(1_000_000)
                .pricing(call -> Cost.in(PriceList.USD)
                        .services(new BigDecimal(call.outputTokens() == 1_000_000 ? "5" : "2"))
                        .build())
                .store(store)
                .build();
    }

    private Consumer<DeepSeekModelBuilder<?>> settings(RecordingStore store, Executor executor) {
        return builder -> {
            builder.baseUrl(deepSeek.baseUrl());
            builder.apiKey("test");
            builder.modelName("deepseek-flash");
            builder.gates(limit, budget(store));
            builder.executor(executor);
            builder.retryPolicy(RetryPolicy.NONE);
            builder.timeouts(Timeouts.custom().total(Duration.ofMillis(800)).build());
        };
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_settle_and_give_the_place_back_whatever_the_executor_does(CallKind kind) throws Exception {
        List<Executor> executors = List.of(
                task -> {
                    throw new RejectedExecutionException("expected by this test");
                },
                task -> {
                    throw new StackOverflowError("expected by this test");
                },
                task -> {});
        for (Executor executor : executors) {
            RecordingStore store = new RecordingStore(true);

            assertThat(kind.failure("Hi", settings(store, executor))).isNotNull();

            assertThat(store.settlements()).as("it was sent").containsExactly("5");
            until(() -> limit.running() + limit.waiting() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void should_settle_and_give_the_place_back_where_it_refuses_every_third_task(CallKind kind) throws Exception {
        AtomicInteger tasks = new AtomicInteger();
        Executor executor = task -> {
            if (tasks.incrementAndGet() % 3 == 0) {
                throw new RejectedExecutionException("expected by this test");
            }
            task.run();
        };
        RecordingStore store = new RecordingStore(true);
        AtomicInteger ends = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(new Thread(() -> {
                kind.failure("Hi", settings(store, executor));
                ends.incrementAndGet();
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(ends).hasValue(20);
        assertThat(store.settlements()).containsAnyOf("5", "2").isSubsetOf("0", "2", "5");
        until(() -> limit.running() + limit.waiting() == 0);
    }

    @Test
    void should_settle_each_reservation_once_where_half_of_the_users_cancel() throws Exception {
        for (boolean mayBlock : List.of(true, false)) {
            RecordingStore store = new RecordingStore(mayBlock);
            try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("test")
                    .modelName("deepseek-flash")
                    .gates(CallLimit.atMost(5), budget(store))
                    .build()) {
                List<CompletableFuture<ChatResponse>> calls = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    CompletableFuture<ChatResponse> call = model.chatAsync(ChatRequest.builder()
                            .messages(UserMessage.from("question " + i))
                            .build());
                    calls.add(call);
                    if (i % 2 == 0) {
                        Thread cancelling = new Thread(() -> call.cancel(true));
                        cancelling.start();
                    }
                }
                for (CompletableFuture<ChatResponse> call : calls) {
                    call.handle((response, error) -> "over").get(60, TimeUnit.SECONDS);
                }
                assertThat(store.settlements()).isSubsetOf("0", "2", "5");
            }
        }
    }
}
