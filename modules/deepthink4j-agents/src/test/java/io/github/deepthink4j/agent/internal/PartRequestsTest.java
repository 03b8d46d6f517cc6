package io.github.deepthink4j.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The requests of the parts, made out of one of a user's. */
class PartRequestsTest {

    private static final ToolSpecification TOOL =
            ToolSpecification.builder().name("getWeather").build();
    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("1")
            .name("getWeather")
            .arguments("{}")
            .build();

    /** Of any vendor. */
    private record Vendor(@Nullable String modelName) implements ChatModel {

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return DefaultChatRequestParameters.builder().modelName(modelName).build();
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            throw new AssertionError("nobody is asked");
        }
    }

    private static Part<ChatModel> part(String name, @Nullable String modelName, Feature... features) {
        return Part.of(name, new Vendor(modelName), Set.of(features));
    }

    private static ChatRequest asking(ChatRequestParameters parameters, ChatMessage... messages) {
        return ChatRequest.builder().messages(messages).parameters(parameters).build();
    }

    private static ChatRequest asking(ChatMessage... messages) {
        return asking(ChatRequestParameters.builder().build(), messages);
    }

    private static final ChatRequestParameters PLAIN = ChatRequestParameters.builder()
            .temperature(0.5)
            .toolSpecifications(TOOL)
            .toolChoice(ToolChoice.REQUIRED)
            .responseFormat(ResponseFormat.JSON)
            .build();

    private static final ChatRequestParameters OWN = DeepSeekChatRequestParameters.builder()
            .overrideWith(PLAIN)
            .thinking(true)
            .build();

    @Test
    void should_take_the_tools_away_and_nothing_else() {
        for (ChatRequestParameters parameters : List.of(PLAIN, OWN)) {
            ChatRequest request = asking(parameters, UserMessage.from("Hi"));

            ChatRequest answer = PartRequests.withoutTools(request, true);
            ChatRequest words = PartRequests.withoutTools(request, false);

            assertThat(answer.messages()).isEqualTo(request.messages());
            assertThat(answer.toolSpecifications()).isEmpty();
            assertThat(answer.toolChoice()).isNull();
            assertThat(answer.temperature()).isEqualTo(0.5);
            assertThat(answer.responseFormat()).isEqualTo(ResponseFormat.JSON);
            assertThat(words.responseFormat()).isNull();
            assertThat(words.toolSpecifications()).isEmpty();
        }
        assertThat(PartRequests.withoutTools(asking(OWN, UserMessage.from("Hi")), true)
                        .parameters())
                .isInstanceOfSatisfying(
                        DeepSeekChatRequestParameters.class,
                        own -> assertThat(own.thinking()).isEqualTo(ThinkingMode.ON));
    }

    @Test
    void should_take_the_format_away_and_nothing_else() {
        for (ChatRequestParameters parameters : List.of(PLAIN, OWN)) {
            ChatRequest words = PartRequests.withoutFormat(asking(parameters, UserMessage.from("Hi")));

            assertThat(words.responseFormat()).isNull();
            assertThat(words.toolSpecifications()).containsExactly(TOOL);
            assertThat(words.toolChoice()).isEqualTo(ToolChoice.REQUIRED);
            assertThat(words.temperature()).isEqualTo(0.5);
        }
        assertThat(PartRequests.withoutFormat(asking(OWN, UserMessage.from("Hi")))
                        .parameters())
                .isInstanceOfSatisfying(
                        DeepSeekChatRequestParameters.class,
                        own -> assertThat(own.thinking()).isEqualTo(ThinkingMode.ON));
    }

    @Test
    void should_add_to_the_last_message_of_the_user_alone() {
        ChatRequest request =
                asking(UserMessage.from("One"), AiMessage.from("Yes"), UserMessage.from("Two"), AiMessage.from(CALL));

        assertThat(PartRequests.addingToLastUserMessage(request, "more").messages())
                .containsExactly(
                        UserMessage.from("One"),
                        AiMessage.from("Yes"),
                        UserMessage.from(TextContent.from("Two"), TextContent.from("more")),
                        AiMessage.from(CALL));
        assertThat(PartRequests.addingToLastUserMessage(asking(UserMessage.from("One")), "more")
                        .messages())
                .containsExactly(UserMessage.from(TextContent.from("One"), TextContent.from("more")));
        ChatRequest without = asking(AiMessage.from(CALL));
        assertThat(PartRequests.addingToLastUserMessage(without, "more")).isEqualTo(without);
    }

    @Test
    void should_go_by_the_latest_plan_of_the_turn_in_progress() {
        AiMessage first = new Provenance("tool caller", null, "first").on(AiMessage.from(CALL));
        AiMessage second = new Provenance("tool caller", null, "second").on(AiMessage.from(CALL));
        AiMessage without = AiMessage.from(CALL);
        UserMessage user = UserMessage.from("Hi");

        assertThat(PartRequests.planOfThisTurn(List.of(user, first, without))).contains("first");
        assertThat(PartRequests.planOfThisTurn(List.of(user, first, second))).contains("second");
        assertThat(PartRequests.planOfThisTurn(List.of(first))).contains("first");
        assertThat(PartRequests.planOfThisTurn(List.of(first, user, without))).isEmpty();
        assertThat(PartRequests.planOfThisTurn(List.of())).isEmpty();
    }

    @Test
    void should_show_a_part_its_own_thoughts_and_those_of_nobody_known() {
        AiMessage unsigned = AiMessage.builder().text("Yes").thinking("Whose?").build();
        AiMessage ofModel = new Provenance("reasoner", "m", null).on(unsigned);
        AiMessage ofPart = new Provenance("reasoner", null, null).on(unsigned);

        assertThat(thoughts(part("reasoner", "m", Feature.TOOLS), unsigned, ofModel, ofPart))
                .containsExactly("Whose?", "Whose?", "Whose?");
        assertThat(thoughts(part("caller", "m", Feature.TOOLS), unsigned, ofModel, ofPart))
                .containsExactly("Whose?", "Whose?", null);
        assertThat(thoughts(part("caller", "other", Feature.TOOLS), unsigned, ofModel, ofPart))
                .containsExactly("Whose?", null, null);
        assertThat(thoughts(part("reasoner", null, Feature.TOOLS), unsigned, ofModel, ofPart))
                .containsExactly("Whose?", "Whose?", "Whose?");
    }

    private static List<String> thoughts(Part<?> part, ChatMessage... messages) {
        return PartRequests.fitted(asking(messages), part, PromptLanguage.ENGLISH).messages().stream()
                .map(message -> ((AiMessage) message).thinking())
                .toList();
    }

    @Test
    void should_believe_no_signature_that_is_none() {
        AiMessage message = AiMessage.from("Yes");

        assertThat(Provenance.of(message)).isEmpty();
        assertThat(Provenance.of(signed(Map.of(Provenance.ATTRIBUTE, "me")))).isEmpty();
        assertThat(Provenance.of(signed(Map.of(Provenance.ATTRIBUTE, Map.of("model", "m")))))
                .isEmpty();
        assertThat(Provenance.of(signed(Map.of(Provenance.ATTRIBUTE, Map.of("part", "p", "model", 7)))))
                .contains(new Provenance("p", null, null));
    }

    private static AiMessage signed(Map<String, Object> attributes) {
        return AiMessage.builder().text("Yes").attributes(attributes).build();
    }

    @Test
    void should_say_of_pictures_that_a_tool_has_returned_them() {
        ToolExecutionResultMessage shown = ToolExecutionResultMessage.builder()
                .id("1")
                .toolName("getWeather")
                .contents(List.of(ImageContent.from("https://example.com/map.png")))
                .build();
        ChatRequest request = asking(UserMessage.from("Hi"), AiMessage.from(CALL), shown);
        ChatRequest json = asking(
                ChatRequestParameters.builder()
                        .responseFormat(ResponseFormat.JSON)
                        .build(),
                UserMessage.from("Hi"));

        assertThat(Needs.of(request)).containsExactly(Feature.IMAGES);
        assertThatThrownBy(() ->
                        Needs.firstThatCan(Needs.of(request), request, List.of(part("reasoner", null, Feature.TOOLS))))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("(images, as non-text content of tool results)")
                .hasMessageContaining("the reasoner lacks images");
        assertThatThrownBy(() -> Needs.firstThatCan(Needs.of(json), json, List.of(part("reasoner", "m"))))
                .hasMessageContaining("(JSON output): the reasoner (m) lacks JSON output");
        assertThat(Needs.of(asking(
                        ChatRequestParameters.builder()
                                .responseFormat(ResponseFormat.TEXT)
                                .build(),
                        UserMessage.from("Hi"))))
                .isEmpty();
    }

    /** Another vendor's parameters, as a program still makes them that had its model before. */
    public static final class VendorsParameters extends DefaultChatRequestParameters {

        VendorsParameters() {
            super(DefaultChatRequestParameters.builder().overrideWith(PLAIN).modelName("theirs"));
        }

        public String reasoningEffort() {
            return "high";
        }

        public Integer maxCompletionTokens() {
            return 1234;
        }
    }

    @Test
    void should_keep_what_another_vendors_parameters_say_when_something_is_left_out() {
        // given
        ChatRequest request = asking(new VendorsParameters(), UserMessage.from("Hi"));
        Part<ChatModel> first = part("first", "ours");
        Part<ChatModel> other = part("other", "different");

        // when
        List<ChatRequest> made = List.of(
                PartRequests.withoutTools(request, true),
                PartRequests.withoutFormat(request),
                PartRequests.named(request, other, List.of(first, other)));

        // then
        assertThat(made).allSatisfy(part -> {
            assertThat(part.parameters()).isInstanceOf(DeepSeekChatRequestParameters.class);
            assertThat(((DeepSeekChatRequestParameters) part.parameters()).reasoningEffort())
                    .isEqualTo("high");
            assertThat(part.maxOutputTokens()).isEqualTo(1234);
            assertThat(part.temperature()).isEqualTo(0.5);
        });
        assertThat(made.get(0).toolSpecifications()).isEmpty();
        assertThat(made.get(0).toolChoice()).isNull();
        assertThat(made.get(0).responseFormat()).isEqualTo(ResponseFormat.JSON);
        assertThat(made.get(1).responseFormat()).isNull();
        assertThat(made.get(2).modelName()).isNull();
    }
}
