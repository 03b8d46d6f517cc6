package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.reactor.ReasoningEvent.Answer;
import io.github.deepthink4j.reactor.ReasoningEvent.Completed;
import io.github.deepthink4j.reactor.ReasoningEvent.Thinking;
import io.github.deepthink4j.reactor.ReasoningEvent.ToolCall;
import io.github.deepthink4j.reactor.ReasoningEvent.ToolCallPiece;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class ReactiveDeepSeekChatModelTest extends Simulated {

    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
            .build();

    private static io.github.deepthink4j.testkit.script.Answer thinking(String thought) {
        return io.github.deepthink4j.testkit.script.Answer.thinking(thought);
    }

    @Test
    void should_give_thinking_then_answer_then_the_whole() {
        respond(thinking("So it is.").thenText("Yes, it is."));

        List<ReasoningEvent> events = model().stream(HI).collectList().block();

        assertThat(text(events)).isEqualTo("[So it is.]Yes, it is.");
        assertThat(events).last().isInstanceOfSatisfying(Completed.class, completed -> {
            assertThat(completed.response().aiMessage().text()).isEqualTo("Yes, it is.");
            assertThat(completed.response().aiMessage().thinking()).isEqualTo("So it is.");
            assertThat(completed.response().tokenUsage().outputTokenCount()).isPositive();
        });
        assertThat(events).filteredOn(Completed.class::isInstance).hasSize(1);
    }

    /** The thought in brackets. */
    private static String text(List<ReasoningEvent> events) {
        String thought = events.stream()
                .filter(Thinking.class::isInstance)
                .map(event -> ((Thinking) event).text())
                .collect(Collectors.joining());
        String answer = events.stream()
                .filter(Answer.class::isInstance)
                .map(event -> ((Answer) event).text())
                .collect(Collectors.joining());
        return "[" + thought + "]" + answer;
    }

    @Test
    void should_give_the_pieces_of_a_tool_call_and_then_the_call() {
        respond(thinking("I must ask.").andToolCall("weather", "{\"city\":\"Oslo\"}"));
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .toolSpecifications(WEATHER)
                .build();

        List<ReasoningEvent> events = model().stream(request)
                .filter(event -> !(event instanceof Thinking))
                .collectList()
                .block();

        List<ReasoningEvent> pieces = events.subList(0, events.size() - 2);
        assertThat(pieces)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                ToolCallPiece.class,
                                piece -> assertThat(piece.name()).isEqualTo("weather")));
        assertThat(events.get(events.size() - 2))
                .isInstanceOfSatisfying(
                        ToolCall.class,
                        call -> assertThat(call.call().arguments()).isEqualTo("{\"city\":\"Oslo\"}"));
        assertThat(events).last().isInstanceOf(Completed.class);
    }

    @Test
    void should_send_nothing_before_it_is_subscribed_to_and_a_request_for_each_subscription() {
        respond(thinking("1").thenText("one"), thinking("2").thenText("two"));
        Flux<ReasoningEvent> events = model().stream(HI);
        assertThat(deepSeek.allRequests()).isEmpty();
        assertThat(deepSeek.openConnections()).isZero();

        String first = events.transform(Reasoning::answerText).blockLast();
        String second = events.transform(Reasoning::answerText).blockLast();

        assertThat(List.of(first, second)).containsExactly("one", "two");
        assertThat(deepSeek.requests()).hasSize(2);
    }

    @Test
    void should_have_views_and_a_whole() {
        respond(
                thinking("So it is.").thenText("Yes, it is."),
                thinking("So it is.").thenText("Yes, it is."),
                thinking("So it is.").thenText("Yes, it is."));
        Flux<ReasoningEvent> events = model().stream(HI);

        assertThat(events.transform(Reasoning::answerText)
                        .collect(Collectors.joining())
                        .block())
                .isEqualTo("Yes, it is.");
        assertThat(events.transform(Reasoning::thinkingText)
                        .collect(Collectors.joining())
                        .block())
                .isEqualTo("So it is.");
        assertThat(model().chat(HI).block().aiMessage().text()).isEqualTo("Yes, it is.");
    }

    @Test
    void should_not_take_a_part_for_the_whole() {
        respond(thinking("So it is.").thenText("Yes, it is."));

        StepVerifier.create(model().stream(HI).take(2).as(Reasoning::collect))
                .verifyError(NoSuchElementException.class);
    }

    @Test
    void should_give_errors_of_core_after_what_had_come() {
        respond(thinking("a thought of some length").thenText("Yes").fault(Fault.CUT_IN_THOUGHT));

        StepVerifier.create(model().stream(HI))
                .thenConsumeWhile(Thinking.class::isInstance)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                StreamCutException.class,
                                cut -> assertThat(cut.partialMessage().thinking())
                                        .startsWith("a thought")));
    }

    @Test
    void should_tell_an_error_of_the_server_to_who_has_asked_for_nothing_yet() {
        ReactiveDeepSeekChatModel model =
                ReactiveDeepSeekChatModel.from(builder().apiKey("wrong-key").build());

        StepVerifier.create(model.stream(HI), 0).verifyError(InvalidApiKeyException.class);
    }

    @Test
    void should_signal_what_the_model_can_not_do_and_not_throw_it() {
        ReactiveDeepSeekChatModel r1 = ReactiveDeepSeekChatModel.from(
                builder().profile(ModelProfile.R1).build());
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .toolSpecifications(WEATHER)
                .build();

        StepVerifier.create(r1.stream(request), 0).verifyError(UnsupportedFeatureException.class);
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    @Test
    void should_try_again_as_core_does() {
        respond(
                io.github.deepthink4j.testkit.script.Answer.error(503, "busy"),
                thinking("").fault(Fault.RESET),
                thinking("third time").thenText("lucky"));

        assertThat(model().chat(HI).block().aiMessage().text()).isEqualTo("lucky");
        assertThat(deepSeek.requests()).hasSize(3);
    }
}
