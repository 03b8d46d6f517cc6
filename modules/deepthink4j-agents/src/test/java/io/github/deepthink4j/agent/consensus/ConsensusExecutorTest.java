package io.github.deepthink4j.agent.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Executors that do not do as they should, and samples that do not heed their end. */
@Timeout(60)
class ConsensusExecutorTest {

    private static final UserMessage QUESTION = UserMessage.from("What is 6 times 7?");

    private static ChatModel part(Supplier<String> answer) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from(answer.get()))
                        .build();
            }
        };
    }

    private static ConsensusChatModel.Builder consensus(Supplier<String> answer) {
        return ConsensusChatModel.builder().part(part(answer)).samples(3);
    }

    /** Counts the steps, and keeps how they have ended. */
    private static final class Steps implements StepListener {

        private final AtomicInteger begun = new AtomicInteger();
        private final List<Step> ended = new CopyOnWriteArrayList<>();

        @Override
        public void onStart(StepKind kind, String part, String modelName) {
            begun.incrementAndGet();
        }

        @Override
        public void onEnd(Step step, ChatResponse response) {
            ended.add(step);
        }
    }

    static Stream<Arguments> executorsThatBeginNothing() {
        ExecutorService full = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        full.execute(() -> new CompletableFuture<>().join());
        return Stream.of(
                Arguments.of("drops what it is given", (Executor) task -> {}),
                Arguments.of("is full", (Executor) full));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("executorsThatBeginNothing")
    void should_answer_on_an_executor_that(String hostile, Executor executor) {
        Steps steps = new Steps();

        ChatResponse response = consensus(() -> "42")
                .executor(executor)
                .stepListener(steps)
                .build()
                .chat(QUESTION);

        assertThat(response.aiMessage().text()).isEqualTo("42");
        assertThat(steps.ended).hasSize(steps.begun.get());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("executorsThatBeginNothing")
    void should_keep_the_limit_of_a_sample_on_an_executor_that(String hostile, Executor executor) {
        CompletableFuture<String> never = new CompletableFuture<>();

        assertThatThrownBy(() -> consensus(never::join)
                        .executor(executor)
                        .sampleTimeout(Duration.ofMillis(100))
                        .build()
                        .chat(QUESTION))
                .isInstanceOf(DeepSeekTimeoutException.class);
        never.complete("");
    }

    @Test
    void should_answer_calls_that_fill_the_executor_of_their_own_samples() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        ConsensusChatModel model = consensus(() -> "42").executor(pool).build();

        List<Future<ChatResponse>> calls = Stream.generate(() -> pool.submit(() -> model.chat(QUESTION)))
                .limit(2)
                .toList();

        for (Future<ChatResponse> call : calls) {
            assertThat(call.get(30, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("42");
        }
        pool.shutdown();
    }

    @Test
    void should_answer_on_an_executor_that_runs_at_once() {
        assertThat(consensus(() -> "42")
                        .executor(Runnable::run)
                        .build()
                        .chat(QUESTION)
                        .aiMessage()
                        .text())
                .isEqualTo("42");
    }

    @Test
    void should_fail_when_the_executor_throws_anything() {
        for (Throwable thrown :
                List.of(new AssertionError("full"), new IllegalStateException("full"), new IOException("full"))) {
            ConsensusChatModel model = consensus(() -> "42")
                    .executor(task -> ConsensusExecutorTest.<RuntimeException>sneak(thrown))
                    .build();

            assertThatThrownBy(() -> model.chat(QUESTION))
                    .matches(failure -> failure == thrown || failure.getCause() == thrown);
        }
    }

    @Test
    void should_count_a_sample_that_runs_although_the_executor_has_thrown() {
        ConsensusChatModel model = consensus(() -> "42")
                .executor(task -> {
                    task.run();
                    throw new IllegalStateException("after all");
                })
                .build();

        assertThat(model.chat(QUESTION).aiMessage().text()).isEqualTo("42");
    }

    /** One thread for three samples: the last one waits for longer than its limit, and has not begun by then. */
    @Test
    void should_count_the_time_of_a_sample_from_its_start() {
        ExecutorService single = Executors.newSingleThreadExecutor();
        AtomicInteger number = new AtomicInteger();
        CountDownLatch pace = new CountDownLatch(1);
        ConsensusChatModel model = consensus(() -> {
                    // Two samples take 1.6 s each.
                    await(pace, number.get() < 2 ? 1600 : 0);
                    return "" + number.incrementAndGet();
                })
                .executor(single)
                .sampleTimeout(Duration.ofSeconds(3))
                .build();

        ConsensusChatResponseMetadata metadata =
                (ConsensusChatResponseMetadata) model.chat(QUESTION).metadata();

        assertThat(metadata.votes()).hasSize(3);
        single.shutdown();
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void should_end_the_step_of_a_sample_that_does_not_heed_its_cancel() {
        CompletableFuture<String> never = new CompletableFuture<>();
        AtomicInteger number = new AtomicInteger();
        CountDownLatch stuckBegun = new CountDownLatch(1);
        Steps steps = new Steps();
        ConsensusChatModel model = consensus(() -> {
                    if (number.incrementAndGet() == 1) {
                        stuckBegun.countDown();
                        return never.join();
                    }
                    await(stuckBegun, 10_000);
                    return "42";
                })
                .stepListener(steps)
                .build();

        assertThat(model.chat(QUESTION).aiMessage().text()).isEqualTo("42");

        assertThat(steps.begun).hasValue(3);
        assertThat(steps.ended).hasSize(3);
        assertThat(steps.ended)
                .filteredOn(step -> step.error() instanceof CancellationException)
                .hasSize(1);
        never.complete("");
    }

    @Test
    void should_end_the_step_of_a_sample_that_does_not_heed_its_limit() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Steps steps = new Steps();
        ConsensusChatModel model = consensus(never::join)
                .samples(1)
                .sampleTimeout(Duration.ofMillis(100))
                .stepListener(steps)
                .build();

        assertThatThrownBy(() -> model.chat(QUESTION)).isInstanceOf(DeepSeekTimeoutException.class);

        assertThat(steps.ended)
                .singleElement()
                .satisfies(step -> assertThat(step.error()).isInstanceOf(DeepSeekTimeoutException.class));
        never.complete("");
    }

    @Test
    void should_take_an_absurd_limit_for_none() {
        assertThat(consensus(() -> "42")
                        .sampleTimeout(Duration.ofSeconds(Long.MAX_VALUE))
                        .build()
                        .chat(QUESTION)
                        .aiMessage()
                        .text())
                .isEqualTo("42");
    }

    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        @SuppressWarnings("unchecked")
        T unchecked = (T) thrown;
        throw unchecked;
    }
}
