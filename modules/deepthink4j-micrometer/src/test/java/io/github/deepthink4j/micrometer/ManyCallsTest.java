package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.CallListener;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.TextMatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a call, its observation ends once, and nobody whom it is told to can harm it. */
class ManyCallsTest {

    private static final int CALLS = 200;

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();
    private final CountDownLatch allStopped = new CountDownLatch(CALLS);

    @BeforeEach
    void script() {
        deepSeek.onMessage(TextMatch.containing("good")).answer("Hello");
        deepSeek.onMessage(TextMatch.containing("bad")).error(402, "Insufficient Balance");
        deepSeek.onMessage(TextMatch.containing("slow"))
                .change(answer -> answer.thenText("Hello").delay(Duration.ofMinutes(1)));
        observations.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStart(Observation.Context context) {
                started.incrementAndGet();
            }

            @Override
            public void onStop(Observation.Context context) {
                stopped.incrementAndGet();
                allStopped.countDown();
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel blocking(CallListener listener) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .listeners(listener)
                .build();
    }

    private static ChatRequest ask(String question) {
        return ChatRequest.builder().messages(UserMessage.from(question)).build();
    }

    private double openStreams() {
        return meters.get("deepthink4j.client.open_streams").gauge().value();
    }

    /** A quarter each of answers, errors, cancels, and threads that are interrupted; blocking, asynchronous and streaming. */
    @Test
    void should_end_every_observation_once_and_leave_no_stream_open() throws Exception {
        // Given
        CallListener listener = DeepSeekObservations.listener(observations, meters);
        ExecutorService threads = Executors.newFixedThreadPool(CALLS);
        List<Runnable> stops = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        try (DeepSeekChatModel model = blocking(listener);
                DeepSeekStreamingChatModel streaming = DeepSeekStreamingChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("any")
                        .modelName("deepseek-flash")
                        .maxRetries(0)
                        .listeners(listener)
                        .build()) {
            // When
            for (int i = 0; i < CALLS; i++) {
                String question = List.of("good", "bad", "slow", "slow").get(i % 4);
                boolean cancelled = i % 4 == 2;
                if (question.equals("slow") && !cancelled) {
                    Future<?> blocked = threads.submit(() -> model.chat(question));
                    stops.add(() -> blocked.cancel(true));
                } else if (i / 4 % 2 == 0) {
                    CompletableFuture<ChatResponse> answer = model.chatAsync(ask(question));
                    running.add(answer);
                    stops.add(() -> cancelIf(cancelled, () -> answer.cancel(true)));
                } else {
                    CompletableFuture<Object> end = new CompletableFuture<>();
                    var handle = streaming.start(ask(question), ending(end));
                    running.add(end);
                    stops.add(() -> cancelIf(cancelled, () -> {
                        handle.cancel();
                        end.complete("cancelled");
                    }));
                }
            }
            deepSeek.awaitRequests(CALLS, Duration.ofSeconds(30));
            assertThat(openStreams()).isBetween(CALLS / 2.0, (double) CALLS);
            stops.forEach(Runnable::run);
            for (Future<?> call : running) {
                catchThrowable(() -> call.get(20, TimeUnit.SECONDS));
            }

            // Then
            assertThat(allStopped.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(started).hasValue(CALLS);
            assertThat(openStreams()).isZero();
            assertThat(counted("deepthink4j.client.cancelled")).isEqualTo(CALLS / 4.0);
            assertThat(counted("deepthink4j.client.errors", "error.type", "insufficient_balance"))
                    .isEqualTo(CALLS / 4.0);
            assertThat(counted("deepthink4j.client.errors", "error.type", "interrupted"))
                    .isEqualTo(CALLS / 4.0);
            assertThat(meters.get("gen_ai.client.token.usage")
                            .tag("gen_ai.token.type", "output")
                            .summary()
                            .count())
                    .isEqualTo(CALLS / 4);
        } finally {
            threads.shutdownNow();
        }
        assertThat(stopped).hasValue(CALLS);
    }

    private static void cancelIf(boolean cancelled, Runnable cancel) {
        if (cancelled) {
            cancel.run();
        }
    }

    private static StreamingChatResponseHandler ending(CompletableFuture<Object> end) {
        return new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                end.complete(error);
            }
        };
    }

    private double counted(String meter, String... tags) {
        return meters.get(meter).tags(tags).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void should_let_no_handler_that_throws_harm_a_call() {
        for (int breaking = 0; breaking < 4; breaking++) {
            // Given
            int place = breaking;
            ObservationRegistry broken = ObservationRegistry.create();
            broken.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
                private void thrown(int here) {
                    if (here == place) {
                        throw new AssertionError("a broken handler");
                    }
                }

                @Override
                public void onStart(Observation.Context context) {
                    thrown(0);
                }

                @Override
                public void onScopeOpened(Observation.Context context) {
                    thrown(1);
                }

                @Override
                public void onScopeClosed(Observation.Context context) {
                    thrown(2);
                }

                @Override
                public void onStop(Observation.Context context) {
                    thrown(3);
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }
            });

            // When
            try (DeepSeekChatModel model = blocking(DeepSeekObservations.listener(broken, meters))) {
                String answer = model.chat("good");

                // Then
                assertThat(answer).isEqualTo("Hello");
                assertThat(broken.getCurrentObservationScope()).isNull();
                assertThat(openStreams()).isZero();
            }
        }
    }

    @Test
    void should_let_no_meter_registry_that_throws_harm_a_call() {
        // Given
        SimpleMeterRegistry broken = new SimpleMeterRegistry();
        CallListener listener = DeepSeekObservations.listener(observations, broken);
        broken.config().onMeterAdded(meter -> {
            throw new IllegalStateException("a broken registry");
        });

        // When
        try (DeepSeekChatModel model = blocking(listener)) {
            String answer = model.chat("good");

            // Then
            assertThat(answer).isEqualTo("Hello");
            assertThat(stopped).hasValue(1);
        }
    }

    @Test
    void should_bound_the_names_of_models() {
        // Given
        CallListener listener = DeepSeekObservations.builder()
                .meters(meters)
                .mostNames(3)
                .build()
                .listener();

        // When
        try (DeepSeekChatModel model = blocking(listener)) {
            for (int i = 0; i < 10; i++) {
                String made = "model-" + i;
                catchThrowable(() -> model.chat(ChatRequest.builder()
                        .messages(UserMessage.from("good"))
                        .modelName(made)
                        .build()));
            }
        }

        // Then
        assertThat(meters.get("gen_ai.client.operation.duration").timers())
                .extracting(timer -> timer.getId().getTag("gen_ai.request.model"))
                .containsOnly("model-0", "model-1", "model-2", "other");
    }
}
