package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.web.search.WebSearchRequest;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose next attempt can't be planned, as where there is no memory for it. */
@Timeout(60)
class NoNextAttemptTest {

    /** No timeout of a transport is as long as this. */
    private static final Duration RETRY = Duration.ofMillis(1_234);

    private static final Scheduler NO_RETRY = new Scheduler() {
        @Override
        public long nanoTime() {
            return SYSTEM.nanoTime();
        }

        @Override
        public Runnable schedule(Runnable task, Duration delay) {
            if (delay.equals(RETRY)) {
                throw new OutOfMemoryError("expected by this test");
            }
            return SYSTEM.schedule(task, delay);
        }
    };

    private static final RetryPolicy POLICY =
            RetryPolicy.custom().baseDelay(RETRY).jitter(0).build();

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.error(500, "broken"));

    @AfterEach
    void close() {
        deepSeek.close();
    }

    @Test
    void should_end_a_call() {
        CallLimit limit = CallLimit.atMost(1);
        try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .gates(limit)
                .retryPolicy(POLICY)
                .scheduler(NO_RETRY)
                .build()) {
            CompletableFuture<?> answer = model.chatAsync(
                    ChatRequest.builder().messages(UserMessage.from("Hi")).build());

            assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(ServerFaultException.class)
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).isInstanceOf(OutOfMemoryError.class));
        }
        assertThat(limit).hasToString("0 of 1 running, 0 waiting");
    }

    @Test
    void should_end_a_request_to_a_service_beside_chats() {
        try (DeepSeekWebSearchEngine engine = DeepSeekWebSearchEngine.builder()
                .baseUrl("http://localhost:1")
                .apiKey("test")
                .retryPolicy(POLICY)
                .scheduler(NO_RETRY)
                .build()) {
            CompletableFuture<?> found = engine.searchAsync(
                    WebSearchRequest.builder().searchTerms("weather").build());

            assertThatThrownBy(() -> found.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("expected by this test");
        }
    }
}
