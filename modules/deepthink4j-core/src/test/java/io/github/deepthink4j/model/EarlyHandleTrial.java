package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A simulator, models at it, decorators around them, and somebody who listens: for tests of handles at once. */
@Timeout(60)
abstract class EarlyHandleTrial {

    final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    DeepSeekStreamingChatModel.Builder model() {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash");
    }

    static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    /** As most decorators are: it knows of no handle. */
    static StreamingChatModel plain(StreamingChatModel delegate) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                delegate.chat(request, handler);
            }
        };
    }

    record Naming(StreamingChatModel delegate) implements CancellableStreamingChatModel {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            delegate.chat(request, handler);
        }
    }

    static class Heard implements StreamingChatResponseHandler {

        final List<String> pieces = new CopyOnWriteArrayList<>();
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        final CompletableFuture<ChatResponse> response = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            response.complete(complete);
        }

        @Override
        public void onError(Throwable error) {
            errors.add(error);
            response.completeExceptionally(error);
        }

        String text() throws Exception {
            return response.get(30, TimeUnit.SECONDS).aiMessage().text();
        }

        void assertNothingHeard() {
            assertThat(pieces).isEmpty();
            assertThat(errors).isEmpty();
            assertThat(response).isNotDone();
        }
    }

    void assertStopsBeforeTheFirstPiece(StreamingChatModel stopped) throws InterruptedException {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        Heard heard = new Heard();

        StreamingHandle handle = CancellableStreamingChatModel.start(stopped, saying("Hi"), heard);
        while (deepSeek.openConnections() == 0) {
            Thread.sleep(1);
        }
        handle.cancel();

        while (deepSeek.openConnections() > 0) {
            Thread.sleep(1);
        }
        assertThat(handle.isCancelled()).isTrue();
        heard.assertNothingHeard();
    }

    static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
