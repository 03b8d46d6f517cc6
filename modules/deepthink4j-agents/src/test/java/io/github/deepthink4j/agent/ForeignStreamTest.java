package io.github.deepthink4j.agent;

import static io.github.deepthink4j.agent.Duo.requestWithTool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.agent.failover.FailoverStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other vendors' streams as parts: with or without contexts, on the caller's thread or not, with a handle or none. */
@Timeout(30)
class ForeignStreamTest {

    private static final UserMessage QUESTION = UserMessage.from("How is the weather in Munich?");

    private final Duo duo = new Duo();

    @AfterEach
    void close() {
        duo.close();
    }

    private static StreamingChatModel foreign(Consumer<StreamingChatResponseHandler> script) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                script.accept(handler);
            }
        };
    }

    private static ChatResponse response(String text) {
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
    }

    @Test
    void should_take_pieces_without_a_context() {
        Heard heard = new Heard();
        StreamingChatModel model = duo.streaming()
                .toolCaller(foreign(handler -> {
                    handler.onPartialResponse("It is ");
                    handler.onPartialResponse("sunny");
                    handler.onCompleteResponse(response("It is sunny"));
                }))
                .build();

        model.chat(requestWithTool(QUESTION), heard);

        assertThat(heard.response().aiMessage().text()).isEqualTo("It is sunny");
        assertThat(heard.text()).isEqualTo("It is sunny");
        assertThat(((CombinedChatResponseMetadata) heard.response().metadata()).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.tokenUsage()).isNull());
    }

    @Test
    void should_cancel_by_the_handle_that_the_pieces_bring() {
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
        Heard heard = new Heard().onPiece(StreamingHandle::cancel);
        StreamingChatModel model = duo.streaming()
                .toolCaller(foreign(handler -> {
                    handler.onPartialResponse(new PartialResponse("one"), new PartialResponseContext(theirs));
                    // A vendor that does not heed it at once.
                    handler.onPartialResponse(new PartialResponse("two"), new PartialResponseContext(theirs));
                    handler.onCompleteResponse(response("one two"));
                }))
                .build();

        model.chat(requestWithTool(QUESTION), heard);

        assertThat(cancelled).isTrue();
        assertThat(heard.events).containsExactly("text one");
    }

    @Test
    void should_plan_with_r1_and_call_with_another_vendors_model() {
        duo.r1.respond(Answer.thinking("Hm.").thenText("1. Look."), Answer.text("Sunny, I think."));
        Heard heard = new Heard();
        StreamingChatModel model = duo.streaming()
                .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                .toolCaller(foreign(handler -> {
                    handler.onPartialResponse("done");
                    handler.onCompleteResponse(response("done"));
                }))
                .build();

        model.chat(requestWithTool(QUESTION), heard);

        assertThat(heard.response().aiMessage().text()).isEqualTo("Sunny, I think.");
        assertThat(heard.order()).containsExactly("thinking", "text", "complete");
    }

    @Test
    void should_fail_over_from_a_stream_that_fails_on_the_callers_thread() {
        Heard heard = new Heard();
        StreamingChatModel model = FailoverStreamingChatModel.builder()
                .part(foreign(handler -> {
                    throw new RateLimitException("slow down");
                }))
                .part(foreign(handler -> handler.onError(new RateLimitException("slow down"))))
                .part(foreign(handler -> handler.onCompleteResponse(response(" "))))
                .part(foreign(handler -> {
                    handler.onPartialResponse("fine");
                    handler.onCompleteResponse(response("fine"));
                }))
                .build();

        model.chat(Duo.request(QUESTION), heard);

        assertThat(heard.response().aiMessage().text()).isEqualTo("fine");
        assertThat(((CombinedChatResponseMetadata) heard.response().metadata()).steps())
                .extracting(Step::failed)
                .containsExactly(true, true, true, false);
    }
}
