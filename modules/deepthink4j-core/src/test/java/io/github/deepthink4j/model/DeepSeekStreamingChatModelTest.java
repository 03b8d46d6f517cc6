package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeepSeekStreamingChatModelTest {

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final List<AttemptEvent> attempts = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekStreamingChatModel.Builder model() {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.custom()
                        .baseDelay(Duration.ofMillis(1))
                        .onAttempt(attempts::add)
                        .build());
    }

    private static final class Collector implements StreamingChatResponseHandler {

        private final StringBuffer thinking = new StringBuffer();
        private final StringBuffer text = new StringBuffer();
        private final AtomicInteger calls = new AtomicInteger();
        private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();

        @Override
        public void onPartialThinking(PartialThinking piece) {
            calls.incrementAndGet();
            thinking.append(piece.text());
        }

        @Override
        public void onPartialResponse(String piece) {
            calls.incrementAndGet();
            text.append(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            calls.incrementAndGet();
            response.complete(complete);
        }

        @Override
        public void onError(Throwable error) {
            calls.incrementAndGet();
            response.completeExceptionally(error);
        }

        private ChatResponse await() throws Exception {
            try {
                return response.get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw (Exception) e.getCause();
            }
        }
    }

    @Test
    void should_stream_thinking_and_answer_apart() throws Exception {
        deepSeek.respond(Answer.thinking("So it is.").thenText("Yes, it is."));
        Collector collector = new Collector();

        model().build().chat(HI, collector);
        ChatResponse response = collector.await();

        assertThat(collector.thinking).hasToString("So it is.");
        assertThat(collector.text).hasToString("Yes, it is.");
        assertThat(response.aiMessage().thinking()).isEqualTo("So it is.");
        assertThat(response.aiMessage().text()).isEqualTo("Yes, it is.");
    }

    @Test
    void should_be_stoppable_before_the_first_byte() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        AtomicInteger heard = new AtomicInteger();
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                heard.incrementAndGet();
            }

            @Override
            public void onError(ChatModelErrorContext context) {
                heard.addAndGet(100);
            }
        };
        Collector collector = new Collector();
        StreamingHandle handle = model().listeners(listener).build().start(HI, collector);
        while (deepSeek.runningAnswers() == 0) {
            Thread.sleep(5);
        }

        handle.cancel();

        while (deepSeek.runningAnswers() > 0) {
            Thread.sleep(5);
        }
        assertThat(handle.isCancelled()).isTrue();
        assertThat(collector.calls).hasValue(0);
        assertThat(heard).hasValue(1);
    }

    @Test
    void should_be_stoppable_between_two_attempts() throws Exception {
        deepSeek.respond(Answer.error(503, "busy").header("Retry-After", "30"));
        Collector collector = new Collector();
        StreamingHandle handle = model().build().start(HI, collector);
        while (attempts.isEmpty()) {
            Thread.sleep(5);
        }

        handle.cancel();

        assertThat(attempts.get(0))
                .isInstanceOfSatisfying(
                        AttemptEvent.Failed.class,
                        failed -> assertThat(failed.delayBeforeNext()).isEqualTo(Duration.ofSeconds(30)));
        assertThat(collector.calls).hasValue(0);
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @Test
    void should_try_again_before_the_first_piece() throws Exception {
        deepSeek.respond(
                Answer.error(503, "busy"),
                Answer.text("").fault(Fault.RESET),
                Answer.thinking("third time").thenText("lucky"));
        Collector collector = new Collector();

        model().build().chat(HI, collector);

        assertThat(collector.await().aiMessage().text()).isEqualTo("lucky");
        assertThat(attempts).extracting(AttemptEvent::number).containsExactly(1, 2, 3);
        assertThat(attempts.get(0))
                .isInstanceOfSatisfying(
                        AttemptEvent.Failed.class,
                        failed -> assertThat(failed.error()).isInstanceOf(ServerOverloadedException.class));
        assertThat(attempts.get(1)).isInstanceOf(AttemptEvent.Failed.class);
        assertThat(attempts.get(2)).isInstanceOf(AttemptEvent.Succeeded.class);
    }

    @Test
    void should_give_up_after_the_last_attempt() {
        deepSeek.respond(
                Answer.text("").fault(Fault.EMPTY_ANSWER),
                Answer.text("").fault(Fault.EMPTY_ANSWER),
                Answer.text("").fault(Fault.EMPTY_ANSWER));
        Collector collector = new Collector();

        model().build().chat(HI, collector);

        assertThat(collector.response)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(EmptyAnswerException.class);
        assertThat(attempts).hasSize(3);
        assertThat(attempts.get(2))
                .isInstanceOfSatisfying(
                        AttemptEvent.Failed.class,
                        failed -> assertThat(failed.delayBeforeNext()).isNull());
    }

    @Test
    void should_never_try_again_after_the_first_piece() {
        deepSeek.respond(
                Answer.thinking("a thought of some length").thenText("Yes").fault(Fault.CUT_IN_THOUGHT));
        Collector collector = new Collector();

        model().build().chat(HI, collector);

        assertThat(collector.response)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(StreamCutException.class, cut -> {
                    assertThat(cut.partialMessage().thinking()).isEqualTo(collector.thinking.toString());
                    assertThat(cut.requestId()).startsWith("simulated-");
                });
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @Test
    void should_not_start_what_could_not_end_in_time() {
        deepSeek.respond(Answer.error(503, "busy").header("Retry-After", "5"));
        Collector collector = new Collector();

        model().timeout(Duration.ofSeconds(2)).build().chat(HI, collector);

        assertThat(collector.response)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(ServerOverloadedException.class);
    }
}
