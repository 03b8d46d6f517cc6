package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.reactor.ReasoningEvent.Completed;
import io.github.deepthink4j.reactor.ReasoningEvent.Thinking;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

/** Any other model as events: foreign ones, and those that pass a call on to DeepSeek. */
class ReasoningTest extends Simulated {

    private static final ChatResponse RESPONSE =
            ChatResponse.builder().aiMessage(AiMessage.from("b")).build();

    private static StreamingChatModel foreign(Consumer<StreamingChatResponseHandler> answer) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                answer.accept(handler);
            }
        };
    }

    @Test
    void should_give_the_events_of_a_foreign_model_without_its_empty_pieces() {
        StreamingChatModel model = foreign(handler -> {
            handler.onPartialThinking(new PartialThinking("a"));
            handler.onPartialResponse("");
            handler.onPartialResponse("b");
            handler.onCompleteResponse(RESPONSE);
        });

        StepVerifier.create(Reasoning.flux(model, HI), 0)
                .thenRequest(1)
                .expectNext(new Thinking("a"))
                .thenRequest(2)
                .expectNext(new ReasoningEvent.Answer("b"), new Completed(RESPONSE))
                .verifyComplete();
    }

    @Test
    void should_end_with_the_first_error_and_drop_what_comes_after_it() {
        StreamingChatModel model = foreign(handler -> {
            handler.onError(new IllegalStateException("first"));
            handler.onError(new IllegalStateException("second"));
            handler.onPartialResponse("late");
            handler.onCompleteResponse(RESPONSE);
        });

        StepVerifier.create(Reasoning.flux(model, HI)).verifyErrorMessage("first");
    }

    @Test
    void should_signal_what_the_model_throws() {
        StreamingChatModel model = foreign(handler -> {
            throw new UnsupportedFeatureException("no such thing");
        });

        StepVerifier.create(Reasoning.flux(model, HI)).verifyError(UnsupportedFeatureException.class);
    }

    @Test
    void should_cancel_a_foreign_model_by_the_handle_of_its_pieces() {
        AtomicBoolean cancelled = new AtomicBoolean();
        StreamingHandle handle = new StreamingHandle() {
            @Override
            public void cancel() {
                cancelled.set(true);
            }

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        };
        StreamingChatModel model = foreign(
                handler -> handler.onPartialResponse(new PartialResponse("a"), new PartialResponseContext(handle)));
        Disposable subscriber = Reasoning.flux(model, HI).subscribe();
        assertThat(cancelled).isFalse();

        subscriber.dispose();

        assertThat(cancelled).isTrue();
    }

    @Test
    void should_drop_what_a_model_sends_that_can_not_be_cancelled() {
        StreamingHandle stubborn = new StreamingHandle() {
            @Override
            public void cancel() {
                throw new UnsupportedFeatureException("can't be cancelled");
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
        StreamingChatModel model = foreign(handler -> {
            for (int i = 0; i < 100; i++) {
                handler.onPartialResponse(new PartialResponse("a"), new PartialResponseContext(stubborn));
            }
            handler.onCompleteResponse(RESPONSE);
        });

        assertThat(Reasoning.flux(model, HI).take(2).collectList().block()).hasSize(2);
    }

    /** Tries a second model in {@code onError} of the first, as a model that fails over does. */
    private StreamingChatModel failingOver(StreamingChatModel first, StreamingChatModel second) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                first.chat(request, new StreamingChatResponseHandler() {
                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        handler.onCompleteResponse(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        second.chat(request, handler);
                    }
                });
            }
        };
    }

    @Test
    void should_close_the_connection_of_a_model_that_another_passes_the_call_on_to() {
        deepSeek.respond(closing(Answer.error(401, "no")), Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        List<ReasoningEvent> events = new CopyOnWriteArrayList<>();
        Disposable subscriber = Reasoning.flux(
                        failingOver(builder().build(), builder().build()), HI)
                .subscribe(events::add);
        await("the second model was asked", () -> deepSeek.requests().size() == 2);

        subscriber.dispose();

        await("the connection is closed", () -> deepSeek.openConnections() == 0);
        assertThat(events).isEmpty();
    }

    @Test
    void should_not_take_a_stream_for_its_own_that_the_subscriber_begins_at_the_last_event() {
        respond(Answer.text("one"), Answer.text("two"));
        List<String> second = new CopyOnWriteArrayList<>();

        Reasoning.flux(builder().build(), HI)
                .doOnNext(event -> {
                    if (event instanceof Completed) {
                        Reasoning.flux(builder().build(), HI)
                                .transform(Reasoning::answerText)
                                .subscribe(second::add);
                    }
                })
                .takeUntil(Completed.class::isInstance)
                .blockLast();

        await("the second answer has come", () -> String.join("", second).equals("two"));
    }
}
