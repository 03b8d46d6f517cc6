package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Handles at once: of our own model, through decorators that know of handles or do not, and of other vendors' models. */
class CancellableStreamingChatModelTest extends EarlyHandleTrial {

    @Test
    void should_stop_our_own_model_before_its_first_piece() throws Exception {
        assertStopsBeforeTheFirstPiece(model().build());
    }

    @Test
    void should_stop_through_a_decorator_that_knows_of_no_handle() throws Exception {
        assertStopsBeforeTheFirstPiece(plain(model().build()));
        assertStopsBeforeTheFirstPiece(plain(plain(model().build())));
    }

    @Test
    void should_stop_through_a_decorator_that_names_the_interface() throws Exception {
        assertStopsBeforeTheFirstPiece(new Naming(model().build()));
        assertStopsBeforeTheFirstPiece(plain(new Naming(plain(model().build()))));
    }

    @Test
    void should_have_an_answer_through_decorators_as_without() throws Exception {
        for (StreamingChatModel each : List.of(model().build(), plain(model().build()), new Naming(model().build()))) {
            deepSeek.respond(Answer.thinking("I think.").thenText("I am."));
            Heard heard = new Heard();

            StreamingHandle handle = CancellableStreamingChatModel.start(each, saying("Hi"), heard);

            assertThat(heard.text()).isEqualTo("I am.");
            assertThat(String.join("", heard.pieces)).isEqualTo("I am.");
            assertThat(handle.isCancelled()).isFalse();
        }
    }

    @Test
    void should_stop_by_the_first_piece_what_a_decorator_sends_from_another_thread() throws Exception {
        deepSeek.respond(
                Answer.thinking("a b c d e f").thenText("never").pieces(1).fault(Fault.STALL_SILENT));
        ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        CountDownLatch gate = new CountDownLatch(1);
        DeepSeekStreamingChatModel own = model().build();
        StreamingChatModel handingOver = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                elsewhere.execute(() -> {
                    await(gate);
                    own.chat(request, passingPiecesOn(handler));
                });
            }
        };
        Heard heard = new Heard();

        StreamingHandle handle = CancellableStreamingChatModel.start(handingOver, saying("Hi"), heard);
        handle.cancel();
        gate.countDown();

        while (deepSeek.allRequests().isEmpty() || deepSeek.openConnections() > 0) {
            Thread.sleep(1);
        }
        heard.assertNothingHeard();
        elsewhere.shutdown();
    }

    /** A decorator's handler that knows no other events. */
    private static StreamingChatResponseHandler passingPiecesOn(StreamingChatResponseHandler handler) {
        return new StreamingChatResponseHandler() {
            @Override
            public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
                handler.onPartialThinking(piece, context);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                handler.onCompleteResponse(response);
            }

            @Override
            public void onError(Throwable error) {
                handler.onError(error);
            }
        };
    }

    @Test
    void should_drop_what_a_model_that_cannot_be_cancelled_still_sends() {
        AtomicReference<StreamingChatResponseHandler> theirs = new AtomicReference<>();
        StreamingChatModel foreign = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                theirs.set(handler);
            }
        };
        Heard heard = new Heard();

        StreamingHandle handle = CancellableStreamingChatModel.start(foreign, saying("Hi"), heard);
        theirs.get().onPartialResponse("one");
        handle.cancel();
        theirs.get().onPartialResponse("two");
        theirs.get()
                .onCompleteResponse(ChatResponse.builder()
                        .aiMessage(AiMessage.from("one two"))
                        .build());
        theirs.get().onError(new IllegalStateException("late"));

        assertThat(heard.pieces).containsExactly("one");
        assertThat(heard.response).isNotDone();
    }

    @Test
    void should_cancel_a_foreign_model_by_the_handle_that_its_piece_brings() {
        AtomicBoolean cancelled = new AtomicBoolean();
        StreamingHandle theirs = new StreamingHandle() {
            @Override
            public void cancel() {
                cancelled.set(true);
            }

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        };
        StreamingChatModel foreign = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                handler.onPartialResponse(new PartialResponse("one"), new PartialResponseContext(theirs));
            }
        };

        StreamingHandle handle = CancellableStreamingChatModel.start(foreign, saying("Hi"), new Heard());
        handle.cancel();

        assertThat(cancelled).isTrue();
    }

    /** A decorator that asks a second model, or throws after it has asked one, must leave no stream behind. */
    @Test
    void should_stop_all_that_a_decorator_has_begun() throws Exception {
        deepSeek.brain(request -> Answer.thinking("a b c d").thenText("never").fault(Fault.STALL_SILENT));
        DeepSeekStreamingChatModel own = model().build();
        StreamingChatModel twice = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                own.chat(saying("is this harmless?"), new Heard());
                own.chat(request, handler);
            }
        };
        StreamingHandle handle = CancellableStreamingChatModel.start(twice, saying("Hi"), new Heard());
        deepSeek.awaitRequests(2, Duration.ofSeconds(30));

        handle.cancel();

        while (deepSeek.openConnections() > 0) {
            Thread.sleep(1);
        }
        StreamingChatModel throwing = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                own.chat(request, handler);
                throw new IllegalStateException("after it has begun");
            }
        };
        assertThatThrownBy(() -> CancellableStreamingChatModel.start(throwing, saying("Hi"), new Heard()))
                .hasMessage("after it has begun");
        while (deepSeek.openConnections() > 0) {
            Thread.sleep(1);
        }
    }
}
