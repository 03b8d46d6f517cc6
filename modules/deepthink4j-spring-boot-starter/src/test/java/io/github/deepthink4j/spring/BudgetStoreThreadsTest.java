package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.cost.budget.Budget;
import io.github.deepthink4j.cost.budget.BudgetStore;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.netty.NettyTransport;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A store of budgets that waits, as one in a database, holds up no thread of the transport, of Reactor or of a caller. */
@Timeout(120)
class BudgetStoreThreadsTest {

    private static final int CALLS = 60;

    /** So many threads wait for a store at once. */
    private static final int AT_A_TIME = 32;

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("Hi"));

    @AfterEach
    void close() {
        deepSeek.close();
    }

    /** Waits in each of its methods until it may go on. */
    private static final class WaitingStore implements BudgetStore {

        private final BudgetStore memory = BudgetStore.inMemory();
        private final Queue<String> wrongThreads = new ConcurrentLinkedQueue<>();
        private final CountDownLatch mayReserve = new CountDownLatch(1);
        private final CountDownLatch maySettle = new CountDownLatch(1);
        private final AtomicInteger reserves = new AtomicInteger();
        private final AtomicInteger settles = new AtomicInteger();
        private final AtomicInteger settled = new AtomicInteger();

        private void waitFor(CountDownLatch latch) {
            Thread thread = Thread.currentThread();
            if (Schedulers.isInNonBlockingThread() || !thread.getName().startsWith("deepthink4j-delivery-")) {
                wrongThreads.add(thread.getName());
                return;
            }
            try {
                latch.await();
            } catch (InterruptedException e) {
                wrongThreads.add("interrupted " + thread.getName());
            }
        }

        @Override
        public Balance reserve(Reservation reservation) {
            reserves.incrementAndGet();
            waitFor(mayReserve);
            return memory.reserve(reservation);
        }

        @Override
        public void settle(Reservation reservation, BigDecimal spent) {
            settles.incrementAndGet();
            waitFor(maySettle);
            memory.settle(reservation, spent);
            settled.incrementAndGet();
        }
    }

    private <B extends DeepSeekModelBuilder<B>> B built(B builder, boolean netty) {
        builder.baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE);
        return netty ? builder.transport(NettyTransport.create()) : builder;
    }

    private static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static void until(AtomicInteger count, int number) throws InterruptedException {
        while (count.get() < number) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_wait_on_threads_of_its_own(boolean netty) throws Exception {
        WaitingStore store = new WaitingStore();
        Budget budget = Budget.builder("test").tokens(100_000_000).store(store).build();
        CallLimit limit = CallLimit.atMost(CALLS);
        try (DeepSeekChatModel asked = built(DeepSeekChatModel.builder().gates(limit, budget), netty)
                        .build();
                DeepSeekStreamingChatModel streaming = built(
                                DeepSeekStreamingChatModel.builder().gates(limit, budget), netty)
                        .build();
                DeepSeekStreamingChatModel free =
                        built(DeepSeekStreamingChatModel.builder(), netty).build()) {
            ReactiveDeepSeekChatModel reactive = ReactiveDeepSeekChatModel.from(streaming);
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                ChatRequest request = saying("question " + i);
                calls.add(
                        i % 2 == 0
                                ? asked.chatAsync(request)
                                : reactive.stream(request)
                                        .subscribeOn(Schedulers.parallel())
                                        .then()
                                        .toFuture());
            }
            until(store.reserves, AT_A_TIME);
            assertOthersGoOn(free);
            assertThat(store.reserves).as("of threads a store has a share").hasValue(AT_A_TIME);
            store.mayReserve.countDown();

            for (CompletableFuture<?> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
            until(store.settles, AT_A_TIME);
            assertOthersGoOn(free);
            assertThat(store.settles).hasValue(AT_A_TIME);
            store.maySettle.countDown();
            until(store.settled, CALLS);
        }
        assertThat(store.wrongThreads).isEmpty();
        assertThat(limit.running()).isZero();
    }

    /** As many streams as there are cores and more, each on Reactor's threads that must not wait. */
    private static void assertOthersGoOn(DeepSeekStreamingChatModel free) {
        ReactiveDeepSeekChatModel reactive = ReactiveDeepSeekChatModel.from(free);
        assertThat(Flux.range(0, 40)
                        .flatMap(i -> reactive.chat(saying("Hi " + i)).subscribeOn(Schedulers.parallel()), 40)
                        .count()
                        .block(Duration.ofSeconds(60)))
                .isEqualTo(40);
    }
}
