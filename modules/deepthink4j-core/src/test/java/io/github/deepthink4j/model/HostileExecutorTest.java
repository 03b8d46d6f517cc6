package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Executors of users that do not do as they should, and listeners that break: the call ends all the same. */
@Timeout(60)
class HostileExecutorTest {

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("here"));

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder blocking(Executor executor) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .executor(executor)
                .timeouts(Timeouts.custom().total(Duration.ofMillis(300)).build());
    }

    private static void fail(RuntimeException exception) {
        throw exception;
    }

    private static void fail(Error error) {
        throw error;
    }

    @Test
    void should_keep_its_limit_on_an_executor_that_drops_tasks() {
        assertThatThrownBy(() -> blocking(task -> {}).build().chat("Hi")).isInstanceOf(DeepSeekTimeoutException.class);
    }

    @Test
    void should_keep_its_limit_on_the_executors_own_and_only_thread() throws Exception {
        ExecutorService single = Executors.newSingleThreadExecutor();
        DeepSeekChatModel model = blocking(single).build();

        assertThatThrownBy(() -> single.submit(() -> model.chat("Hi")).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DeepSeekTimeoutException.class);
        single.shutdown();
    }

    @Test
    void should_end_a_future_whatever_the_executor_does_with_it() {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        ExecutorService full = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
        CountDownLatch over = new CountDownLatch(1);
        full.execute(() -> await(over));
        full.execute(() -> await(over));
        try {
            assertEnds(ended, ConnectionFailedException.class);
            assertEnds(full, ConnectionFailedException.class);
            assertEnds(task -> fail(new StackOverflowError("deep")), ConnectionFailedException.class);
            assertEnds(task -> {}, DeepSeekTimeoutException.class);
        } finally {
            over.countDown();
            full.shutdown();
        }
    }

    private void assertEnds(Executor executor, Class<? extends Throwable> error) {
        assertThat(blocking(executor).retryPolicy(RetryPolicy.NONE).build().chatAsync(saying("Hi")))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(error);
    }

    private static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void should_say_so_when_the_executor_throws_anything() throws Exception {
        for (Executor throwing : List.<Executor>of(
                task -> fail(new NullPointerException("none")), task -> fail(new StackOverflowError("deep")))) {
            CompletableFuture<Throwable> told = new CompletableFuture<>();
            DeepSeekStreamingChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("test")
                    .modelName("deepseek-flash")
                    .retryPolicy(RetryPolicy.NONE)
                    .executor(throwing)
                    .build()
                    .chat("Hi", new StreamingChatResponseHandler() {
                        @Override
                        public void onCompleteResponse(ChatResponse response) {}

                        @Override
                        public void onError(Throwable error) {
                            told.complete(error);
                        }
                    });

            assertThat(told.get(30, TimeUnit.SECONDS)).isInstanceOf(ConnectionFailedException.class);
        }
    }

    @Test
    void should_answer_although_a_listener_of_attempts_breaks() {
        DeepSeekChatModel model = blocking(null)
                .timeouts(Timeouts.DEFAULT)
                .retryPolicy(RetryPolicy.custom()
                        .onAttempt(event -> fail(new StackOverflowError("deep")))
                        .build())
                .build();

        assertThat(model.chat("Hi")).isEqualTo("here");
    }

    @Test
    void should_take_absurd_durations_for_no_limit() {
        Duration absurd = Duration.ofSeconds(Long.MAX_VALUE);
        DeepSeekChatModel model = blocking(null)
                .timeouts(Timeouts.custom()
                        .firstByte(absurd)
                        .idle(absurd)
                        .total(absurd)
                        .build())
                .retryPolicy(RetryPolicy.custom().maxDelay(absurd).build())
                .build();
        deepSeek.respond(Answer.error(503, "busy"), Answer.text("at last"));

        assertThat(model.chat("Hi")).isEqualTo("at last");
    }

    /** Each loses a delivery in a way of its own. */
    static Stream<Arguments> executorsThatLose() {
        AtomicInteger given = new AtomicInteger();
        ExecutorService stopped = Executors.newSingleThreadExecutor();
        CompletableFuture<Void> queued = new CompletableFuture<>();
        return Stream.of(
                Arguments.of("drops all", (Executor) task -> {}),
                Arguments.of("drops all but the first", (Executor) task -> {
                    if (given.getAndIncrement() == 0) {
                        new Thread(task).start();
                    }
                }),
                Arguments.of("ends with tasks in its queue", (Executor) task -> {
                    if (!stopped.isShutdown()) {
                        stopped.execute(() -> {
                            queued.join();
                            stopped.shutdownNow();
                        });
                        stopped.execute(task);
                        queued.complete(null);
                    }
                }));
    }

    private CompletableFuture<Throwable> streamed(DeepSeekStreamingChatModel model, AtomicInteger ends) {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        model.chat("Hi", new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                ends.incrementAndGet();
                told.complete(null);
            }

            @Override
            public void onError(Throwable error) {
                ends.incrementAndGet();
                told.complete(error);
            }
        });
        return told;
    }

    private DeepSeekStreamingChatModel streaming(Executor executor, Duration total) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .executor(executor)
                .timeouts(Timeouts.custom().total(total).build())
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("executorsThatLose")
    void should_end_a_stream_at_its_limit_on_an_executor_that(String loses, Executor executor) throws Exception {
        AtomicInteger ends = new AtomicInteger();

        CompletableFuture<Throwable> told = streamed(streaming(executor, Duration.ofMillis(300)), ends);

        assertThat(told.get(30, TimeUnit.SECONDS)).isInstanceOf(DeepSeekTimeoutException.class);
        assertThat(ends).hasValue(1);
    }

    @Test
    void should_end_a_stream_that_is_waited_for_on_the_executors_only_thread() throws Exception {
        ExecutorService single = Executors.newSingleThreadExecutor();
        DeepSeekStreamingChatModel model = streaming(single, Duration.ofMillis(300));
        AtomicInteger ends = new AtomicInteger();

        Throwable told = single.submit(() -> streamed(model, ends).get(30, TimeUnit.SECONDS))
                .get(30, TimeUnit.SECONDS);

        assertThat(told).isInstanceOf(DeepSeekTimeoutException.class);
        // What was queued runs now, and tells nothing more.
        single.submit(() -> {}).get();
        single.shutdown();
        assertThat(single.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ends).hasValue(1);
    }

    @Test
    void should_end_a_stream_with_its_model_although_the_executor_drops_tasks() throws Exception {
        DeepSeekStreamingChatModel model = streaming(task -> {}, Duration.ofMinutes(5));
        CompletableFuture<Throwable> told = streamed(model, new AtomicInteger());

        model.close();

        assertThat(told.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        ConnectionFailedException.class,
                        closed -> assertThat(closed.reason()).isEqualTo(ConnectionFailedException.Reason.CLOSED));
    }

    @Test
    void should_say_so_when_the_executor_throws_a_checked_exception() {
        DeepSeekChatModel model = blocking(task -> HostileExecutorTest.<RuntimeException>sneak(new IOException("full")))
                .timeouts(Timeouts.DEFAULT)
                .build();

        assertThatThrownBy(() -> model.chat("Hi")).isInstanceOf(ConnectionFailedException.class);
    }

    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        @SuppressWarnings("unchecked")
        T unchecked = (T) thrown;
        throw unchecked;
    }
}
