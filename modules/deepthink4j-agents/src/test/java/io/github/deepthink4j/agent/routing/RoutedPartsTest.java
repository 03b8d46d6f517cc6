package io.github.deepthink4j.agent.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.profile.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which part is asked what, by what parts of any vendor can do and what they say. */
class RoutedPartsTest {

    private static final UserMessage QUESTION = UserMessage.from("How is the weather?");
    private static final ToolSpecification TOOL =
            ToolSpecification.builder().name("getWeather").build();
    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("1")
            .name("getWeather")
            .arguments("{}")
            .build();

    /** Remembers what it was asked, and says the same each time. */
    private record Speaker(@Nullable String text, boolean calls, List<ChatRequest> asked) implements ChatModel {

        Speaker(@Nullable String text, boolean calls) {
            this(text, calls, new ArrayList<>());
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            asked.add(request);
            AiMessage message = AiMessage.builder()
                    .text(text)
                    .toolExecutionRequests(calls ? List.of(CALL) : List.of())
                    .build();
            return ChatResponse.builder().aiMessage(message).build();
        }

        String lastWords() {
            List<ChatMessage> messages = asked.get(asked.size() - 1).messages();
            return messages.get(messages.size() - 1).toString();
        }
    }

    private static ToolRoutingChatModel.Builder planned(Speaker reasoner, Speaker toolCaller) {
        return ToolRoutingChatModel.builder()
                .reasoner(reasoner, Set.of())
                .toolCaller(toolCaller, Set.of(Feature.TOOLS, Feature.JSON_MODE))
                .strategy(ToolStrategy.PLAN_CALL_ANSWER);
    }

    private static ChatRequest withTool(ChatMessage... messages) {
        return ChatRequest.builder().messages(messages).toolSpecifications(TOOL).build();
    }

    @Test
    void should_go_on_without_a_plan_where_the_reasoner_has_none() {
        for (String nothing : new String[] {null, " \n"}) {
            Speaker reasoner = new Speaker(nothing, false);
            Speaker caller = new Speaker(null, true);

            AiMessage message =
                    planned(reasoner, caller).build().chat(withTool(QUESTION)).aiMessage();

            assertThat(reasoner.asked()).hasSize(1);
            assertThat(caller.lastWords()).doesNotContain("Carry out this plan").contains("Only call the tools");
            assertThat(Provenance.of(message)).map(Provenance::plan).isEmpty();
        }
    }

    @Test
    void should_tell_the_plan_without_the_white_space_around_it() {
        Speaker caller = new Speaker(null, true);

        AiMessage message = planned(new Speaker("\n1. Call.\n\n", false), caller)
                .build()
                .chat(withTool(QUESTION))
                .aiMessage();

        assertThat(Provenance.of(message)).map(Provenance::plan).contains("1. Call.");
        assertThat(caller.lastWords()).contains("1. Call.");
    }

    @Test
    void should_ask_for_an_answer_from_the_results_where_tools_have_run() {
        Speaker reasoner = new Speaker("Sunny.", false);
        ToolExecutionResultMessage result = ToolExecutionResultMessage.from(CALL, "sun");

        ChatResponse response = planned(reasoner, new Speaker("done", false))
                .build()
                .chat(withTool(QUESTION, AiMessage.from(CALL), result));

        assertThat(response.aiMessage().text()).isEqualTo("Sunny.");
        assertThat(reasoner.asked()).hasSize(1);
        assertThat(reasoner.lastWords()).contains("Answer my question now").doesNotContain("your plan");
        assertThat(reasoner.asked().get(0).toolSpecifications()).isEmpty();
    }

    /** A draft that is to be gone on with is no question, and nothing to plan. */
    @Test
    void should_route_what_does_not_end_with_a_question_or_a_result() {
        Speaker reasoner = new Speaker("never", false);
        Speaker caller = new Speaker("and so on", false);

        ChatResponse response = planned(reasoner, caller).build().chat(withTool(QUESTION, AiMessage.from("It is")));

        assertThat(response.aiMessage().text()).isEqualTo("and so on");
        assertThat(reasoner.asked()).isEmpty();
        assertThat(caller.asked().get(0).messages()).containsExactly(QUESTION, AiMessage.from("It is"));
    }

    @Test
    void should_tell_the_format_to_whoever_writes_the_answer() {
        ChatRequest json = ChatRequest.builder()
                .messages(QUESTION, AiMessage.from(CALL), ToolExecutionResultMessage.from(CALL, "sun"))
                .toolSpecifications(TOOL)
                .responseFormat(ResponseFormat.JSON)
                .build();
        Speaker reasoner = new Speaker("{}", false);
        Speaker caller = new Speaker("done", false);

        ToolRoutingChatModel.builder()
                .reasoner(reasoner, Set.of(Feature.JSON_MODE))
                .toolCaller(caller, Set.of(Feature.TOOLS))
                .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                .build()
                .chat(json);

        assertThat(caller.asked().get(0).responseFormat()).isNull();
        assertThat(reasoner.asked().get(0).responseFormat()).isEqualTo(ResponseFormat.JSON);
    }

    @Test
    void should_have_json_only_where_a_part_has_it_beside_tools() {
        ChatRequestParameters none = ChatRequestParameters.builder().build();
        ChatModelListener listener = new ChatModelListener() {};
        ToolRoutingChatModel apart = ToolRoutingChatModel.builder()
                .reasoner(new Speaker("x", false), Set.of(Feature.JSON_MODE, Feature.IMAGES))
                .toolCaller(new Speaker("x", false), Set.of(Feature.TOOLS))
                .build();
        ToolRoutingChatModel together = ToolRoutingChatModel.builder()
                .reasoner(new Speaker("x", false), Set.of())
                .toolCaller(new Speaker("x", false), Set.of(Feature.TOOLS, Feature.JSON_MODE))
                .defaultRequestParameters(none)
                .listeners(listener)
                .build();

        assertThat(apart.features(none)).containsExactlyInAnyOrder(Feature.TOOLS, Feature.IMAGES);
        assertThat(apart.supportedCapabilities()).isEmpty();
        assertThat(together.features(none)).containsExactlyInAnyOrder(Feature.TOOLS, Feature.JSON_MODE);
        assertThat(together.supportedCapabilities()).containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        assertThat(together.defaultRequestParameters()).isEqualTo(none);
        assertThat(together.listeners()).hasSize(1);
    }

    @Test
    void should_route_without_tools_to_the_reasoner_if_it_can() {
        Speaker reasoner = new Speaker("I", false);
        Speaker caller = new Speaker("you", false);
        ToolRoutingChatModel model = planned(reasoner, caller).build();
        ChatRequest json = ChatRequest.builder()
                .messages(SystemMessage.from("JSON"), QUESTION)
                .responseFormat(ResponseFormat.JSON)
                .build();

        assertThat(model.chat("Hi")).isEqualTo("I");
        assertThat(model.chat(json).aiMessage().text()).isEqualTo("you");
    }
}
