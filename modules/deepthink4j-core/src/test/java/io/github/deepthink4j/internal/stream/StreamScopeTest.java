package io.github.deepthink4j.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamScopeTest {

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
            .baseUrl(deepSeek.baseUrl())
            .apiKey("test")
            .modelName("deepseek-flash")
            .build();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    /** Notes what begins in it, and within what. */
    private static final class Noting extends StreamScope {

        private final List<PausableStreamingHandle> begun = new CopyOnWriteArrayList<>();
        private final AtomicInteger calls = new AtomicInteger();
        private final Consumer<PausableStreamingHandle> onStart;

        private Noting(Consumer<PausableStreamingHandle> onStart) {
            this.onStart = onStart;
        }

        @Override
        protected void onStart(PausableStreamingHandle stream) {
            begun.add(stream);
            onStart.accept(stream);
        }

        @Override
        protected void call(Runnable task) {
            calls.incrementAndGet();
            task.run();
        }
    }

    private static final class Waiting implements StreamingChatResponseHandler {

        private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();
        private final AtomicInteger pieces = new AtomicInteger();
        private final Runnable atTheEnd;

        private Waiting(Runnable atTheEnd) {
            this.atTheEnd = atTheEnd;
        }

        @Override
        public void onPartialResponse(String piece) {
            pieces.incrementAndGet();
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            atTheEnd.run();
            response.complete(complete);
        }

        @Override
        public void onError(Throwable error) {
            response.completeExceptionally(error);
        }
    }

    @Test
    void should_be_told_of_streams_that_begin_in_it_and_in_their_last_callback() throws Exception {
        deepSeek.respond(Answer.text("one"), Answer.text("two"), Answer.text("outside"));
        Noting scope = new Noting(stream -> {});
        Waiting second = new Waiting(() -> {});
        Waiting first = new Waiting(() -> model.chat(HI, second));

        scope.run(() -> model.chat(HI, first));
        second.response.get(30, TimeUnit.SECONDS);
        Waiting outside = new Waiting(() -> {});
        model.chat(HI, outside);
        outside.response.get(30, TimeUnit.SECONDS);

        assertThat(scope.begun).hasSize(2).doesNotHaveDuplicates();
        assertThat(scope.calls).hasValue(3);
    }

    @Test
    void should_send_nothing_if_the_stream_is_cancelled_as_it_begins() {
        Noting scope = new Noting(PausableStreamingHandle::cancel);

        scope.run(() -> model.chat(HI, new Waiting(() -> {})));

        assertThat(scope.begun).hasSize(1);
        assertThat(deepSeek.allRequests()).isEmpty();
        assertThat(deepSeek.openConnections()).isZero();
    }

    @Test
    void should_leave_the_outer_scope_in_force_when_an_inner_one_ends_badly() {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        Noting outer = new Noting(stream -> {});
        Noting inner = new Noting(stream -> {});

        outer.run(() -> {
            assertThatThrownBy(() -> inner.run(() -> {
                        throw new IllegalStateException("inner");
                    }))
                    .hasMessage("inner");
            model.chat(HI, new Waiting(() -> {}));
        });

        assertThat(outer.begun).hasSize(1);
        assertThat(inner.begun).isEmpty();
        outer.begun.get(0).cancel();
    }

    @Test
    void should_hold_a_stream_up_and_let_it_go_on() throws Exception {
        deepSeek.respond(Answer.text("x".repeat(50_000)).pieces(1));
        Waiting handler = new Waiting(() -> {});
        Noting scope = new Noting(PausableStreamingHandle::pause);
        scope.run(() -> model.chat(HI, handler));
        PausableStreamingHandle stream = scope.begun.get(0);
        while (deepSeek.runningAnswers() == 0) {
            Thread.sleep(5);
        }

        assertThat(handler.response).isNotDone();
        assertThat(handler.pieces).hasValue(0);
        assertThat(deepSeek.runningAnswers()).isEqualTo(1);
        stream.resume();

        assertThat(handler.response.get(30, TimeUnit.SECONDS).aiMessage().text())
                .hasSize(50_000);
        assertThat(handler.pieces).hasValue(50_000);
    }

    /** Whoever asks the next question when an answer is over: it took the longer, and more of the stack, the more there had been. */
    @Test
    void should_stand_in_no_scope_of_the_questions_before() throws Exception {
        CompletableFuture<List<Long>> asked = new CompletableFuture<>();
        List<Long> scopes = new CopyOnWriteArrayList<>();
        Runnable[] ask = {null};
        ask[0] = () -> model.start(HI, new Waiting(() -> {
            scopes.add(StackWalker.getInstance()
                    .walk(frames -> frames.filter(frame -> frame.getClassName().equals(StreamScope.class.getName()))
                            .count()));
            if (scopes.size() < 5) {
                ask[0].run();
            } else {
                asked.complete(scopes);
            }
        }));
        deepSeek.respond(Answer.text("1"), Answer.text("2"), Answer.text("3"), Answer.text("4"), Answer.text("5"));
        ask[0].run();

        assertThat(asked.get(30, TimeUnit.SECONDS)).containsOnly(scopes.get(0));
    }
}
