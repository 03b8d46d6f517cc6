package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user who prints the events reads, and what one who acts on them gets. */
class AttemptEventTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final List<AttemptEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    @Test
    void should_print_what_failed_and_what_succeeded() {
        deepSeek.respond(Answer.error(503, "busy"), Answer.text("there you are"));

        assertThat(model(3).chat("Hi")).isEqualTo("there you are");

        assertThat(events).hasSize(2);
        assertThat(events.get(0).toString())
                .matches(
                        "attempt 1 failed after \\d+ ms, the next in 7 ms: "
                                + "io\\.github\\.deepthink4j\\.error\\.ServerOverloadedException: The server is overloaded\\..*");
        assertThat(events.get(1).toString()).matches("attempt 2 succeeded after \\d+ ms");
    }

    @Test
    void should_say_that_an_attempt_was_the_last() {
        deepSeek.respond(Answer.error(503, "busy"), Answer.error(503, "busy"));

        Throwable thrown = catchThrowable(() -> model(2).chat("Hi"));

        assertThat(thrown).isInstanceOf(ServerOverloadedException.class);
        assertThat(events).hasSize(2).allSatisfy(event -> assertThat(event).isInstanceOf(AttemptEvent.Failed.class));
        assertThat(((AttemptEvent.Failed) events.get(0)).isLast()).isFalse();
        AttemptEvent.Failed last = (AttemptEvent.Failed) events.get(1);
        assertThat(last.isLast()).isTrue();
        assertThat(last.error()).hasMessage(thrown.getMessage());
        assertThat(last.elapsed()).isPositive();
        assertThat(last.toString()).contains(" ms, the last: ");
    }

    @Test
    void should_lose_no_answer_to_a_listener_that_throws() {
        deepSeek.respond(Answer.text("still here"));
        RetryPolicy careless = RetryPolicy.custom()
                .onAttempt(event -> {
                    throw new IllegalStateException("listener");
                })
                .build();

        assertThat(builder().retryPolicy(careless).build().chat("Hi")).isEqualTo("still here");
    }

    /** What is sent then nobody would hear, and it might be billed. */
    @Test
    void should_send_nothing_after_the_total_limit_that_a_listener_has_used_up() throws Exception {
        deepSeek.respond(Answer.error(503, "busy"), Answer.text("too late"));
        CompletableFuture<Throwable> error = new CompletableFuture<>();
        RetryPolicy slow = RetryPolicy.custom()
                .baseDelay(Duration.ofMillis(1))
                .onAttempt(event -> sleep(400))
                .build();
        try (DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .timeouts(Timeouts.custom().total(Duration.ofMillis(300)).build())
                .retryPolicy(slow)
                .build()) {
            model.chat("Hi", new StreamingChatResponseHandler() {
                @Override
                public void onCompleteResponse(ChatResponse response) {
                    error.complete(new AssertionError("answered"));
                }

                @Override
                public void onError(Throwable thrown) {
                    error.complete(thrown);
                }
            });

            assertThat(error.get(20, TimeUnit.SECONDS))
                    .isInstanceOfAny(DeepSeekTimeoutException.class, ServerOverloadedException.class);
        }
        assertThat(deepSeek.requests()).hasSize(1);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DeepSeekChatModel model(int attempts) {
        return builder()
                .retryPolicy(RetryPolicy.custom()
                        .maxAttempts(attempts)
                        .baseDelay(Duration.ofMillis(7))
                        .jitter(0)
                        .onAttempt(events::add)
                        .build())
                .build();
    }

    private DeepSeekChatModel.Builder builder() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash");
    }
}
