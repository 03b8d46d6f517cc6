package io.github.deepthink4j.agent.routing;

import static io.github.deepthink4j.agent.Duo.WEATHER;
import static io.github.deepthink4j.agent.Duo.request;
import static io.github.deepthink4j.agent.Duo.requestWithTool;
import static io.github.deepthink4j.agent.Duo.weatherCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets which request. */
@Timeout(30)
class ToolRoutingChatModelTest {

    private static final UserMessage QUESTION = UserMessage.from("How is the weather in Munich?");

    private final Duo duo = new Duo();

    @AfterEach
    void close() {
        duo.close();
    }

    @Test
    void should_route_tools_to_the_tool_caller_and_all_else_to_the_reasoner() {
        duo.chat.respond(Answer.toolCall("getWeather", "{\"city\":\"Munich\"}"));
        duo.r1.respond(Answer.thinking("Hm.").thenText("Hello"));
        ChatModel model = duo.blocking().build();

        ChatResponse called = model.chat(requestWithTool(QUESTION));
        ChatResponse answered = model.chat(request(UserMessage.from("Hi")));

        assertThat(called.aiMessage().toolExecutionRequests()).hasSize(1);
        assertThat(Provenance.of(called.aiMessage())).contains(new Provenance("tool caller", "deepseek-chat", null));
        assertThat(answered.aiMessage().thinking()).isEqualTo("Hm.");
        assertThat(Provenance.of(answered.aiMessage())).contains(new Provenance("reasoner", "deepseek-reasoner", null));
        assertThat(duo.chat.requests()).hasSize(1);
        assertThat(duo.r1.requests()).hasSize(1);
    }

    @Test
    void should_route_json_to_the_part_that_has_it() {
        duo.chat.respond(Answer.text("{\"a\": 1}"));
        ChatModel model = duo.blocking().build();

        model.chat(ChatRequest.builder()
                .messages(UserMessage.from("json please"))
                .responseFormat(ResponseFormat.JSON)
                .build());

        assertThat(duo.chat.requests()).hasSize(1);
        assertThat(duo.r1.requests()).isEmpty();
        assertThat(model.supportedCapabilities()).contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    @Test
    void should_say_who_lacks_what_before_anything_is_sent() {
        ChatModel model = duo.blocking().build();
        UserMessage picture =
                UserMessage.from(TextContent.from("What is this?"), ImageContent.from("Y2F0", "image/png"));

        assertThatThrownBy(() -> model.chat(requestWithTool(picture)))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("tools and images")
                .hasMessageContaining("the tool caller (deepseek-chat) lacks images")
                .hasMessageContaining("the reasoner (deepseek-reasoner) lacks tools and images");
        assertThat(duo.chat.requests()).isEmpty();
        assertThat(duo.r1.requests()).isEmpty();
    }

    @Test
    void should_route_images_to_the_part_that_declares_them() {
        List<ChatRequest> seen = new ArrayList<>();
        ChatModel other = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                seen.add(request);
                return ChatResponse.builder().aiMessage(AiMessage.from("A cat")).build();
            }
        };
        ChatModel model = ToolRoutingChatModel.builder()
                .reasoner(duo.reasoner().build())
                .toolCaller(other, Set.of(Feature.TOOLS, Feature.IMAGES))
                .build();

        ChatResponse response = model.chat(request(UserMessage.from(ImageContent.from("Y2F0", "image/png"))));

        assertThat(seen).hasSize(1);
        assertThat(response.aiMessage().text()).isEqualTo("A cat");
        assertThat(model.supportedCapabilities()).isEmpty();
    }

    @Test
    void should_turn_thinking_off_where_a_call_is_forced() {
        try (DeepSeekSimulator v4 = DeepSeekSimulator.as(Generation.V4_0731)) {
            v4.respond(Answer.toolCall("getWeather", "{\"city\":\"Munich\"}"));
            ChatModel model = ToolRoutingChatModel.builder()
                    .reasoner(duo.reasoner().build())
                    .toolCaller(Duo.at(v4, "deepseek-v4-flash", DeepSeekChatModel.builder())
                            .build())
                    .build();

            model.chat(ChatRequest.builder()
                    .messages(QUESTION)
                    .toolSpecifications(WEATHER)
                    .toolChoice(ToolChoice.REQUIRED)
                    .build());

            assertThat(v4.lastRequest().thinking()).isFalse();
            assertThat(v4.lastRequest().body().path("tool_choice").asText()).isEqualTo("required");
        }
    }

    @Test
    void should_tell_tool_rounds_as_text_to_another_vendors_model_without_tools() {
        List<ChatRequest> seen = new ArrayList<>();
        ChatModel other = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                seen.add(request);
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from("You are welcome"))
                        .build();
            }
        };
        ChatModel model = ToolRoutingChatModel.builder()
                .reasoner(other, Set.of())
                .toolCaller(duo.toolCaller().build())
                .build();
        AiMessage call = AiMessage.from(weatherCall("1"));

        model.chat(request(
                QUESTION,
                call,
                ToolExecutionResultMessage.from(weatherCall("1"), "sunny"),
                AiMessage.from("It is sunny"),
                UserMessage.from("Thanks")));

        assertThat(seen.get(0).messages())
                .noneMatch(ToolExecutionResultMessage.class::isInstance)
                .anySatisfy(message -> assertThat(message.toString()).contains("The tool getWeather returned"));
    }

    @Test
    void should_not_show_one_part_the_thoughts_of_the_other() {
        duo.chat.respond(Answer.text("Yes"));
        ChatModel model = duo.blocking().build();
        AiMessage thought = new Provenance("reasoner", "deepseek-reasoner", null)
                .on(AiMessage.builder().text("Hello").thinking("Secret").build());

        try (DeepSeekSimulator v4 = DeepSeekSimulator.as(Generation.V4_0731)) {
            ChatModel withV4 = ToolRoutingChatModel.builder()
                    .reasoner(duo.reasoner().build())
                    .toolCaller(Duo.at(v4, "deepseek-v4-flash", DeepSeekChatModel.builder())
                            .build())
                    .build();
            withV4.chat(requestWithTool(UserMessage.from("Hi"), thought, QUESTION));

            assertThat(v4.lastRequest().status()).isEqualTo(200);
            assertThat(v4.lastRequest()
                            .body()
                            .path("messages")
                            .path(1)
                            .path("reasoning_content")
                            .asText())
                    .isEqualTo(" ");
        }
        assertThat(model.chat(requestWithTool(UserMessage.from("Hi"), thought, QUESTION))
                        .aiMessage()
                        .text())
                .isEqualTo("Yes");
    }

    @Test
    void should_refuse_a_model_name_in_a_request() {
        ChatRequest named = ChatRequest.builder()
                .messages(QUESTION)
                .parameters(ChatRequestParameters.builder().modelName("other").build())
                .build();

        assertThatThrownBy(() -> duo.blocking().build().chat(named))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("set it on the parts");
    }

    @Test
    void should_refuse_to_be_built_without_tools() {
        assertThatThrownBy(() -> ToolRoutingChatModel.builder()
                        .reasoner(duo.reasoner().build())
                        .toolCaller(duo.reasoner().build())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither the reasoner nor the tool caller has tools");
        assertThatThrownBy(() -> ToolRoutingChatModel.builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set both");
    }

    @Test
    void should_fail_as_the_part_fails() {
        duo.r1.respond(Answer.error(402, "Insufficient Balance"));
        List<Step> steps = new ArrayList<>();
        ChatModel model = duo.blocking()
                .stepListener(new StepListener() {
                    @Override
                    public void onEnd(Step step, ChatResponse response) {
                        steps.add(step);
                        throw new IllegalStateException("listeners must not matter");
                    }
                })
                .build();

        List<ChatMessage> question = List.of(UserMessage.from("Hi"));
        assertThatThrownBy(() -> model.chat(question))
                .isInstanceOf(io.github.deepthink4j.error.InsufficientBalanceException.class);
        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.failed()).isTrue();
            assertThat(step.kind()).isEqualTo(StepKind.ROUTE);
        });
    }
}
