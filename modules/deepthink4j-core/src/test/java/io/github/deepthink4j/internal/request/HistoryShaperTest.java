package io.github.deepthink4j.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.profile.LostReasoning;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ThinkingDefault;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryShaperTest {

    private static final ToolSpecification TOOL =
            ToolSpecification.builder().name("getWeather").build();
    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("1")
            .name("getWeather")
            .arguments("{\"city\":\"Munich\"}")
            .build();

    /** A plain turn, a turn with a tool round, and a turn with a round in progress; each assistant message has thought. */
    private static final List<ChatMessage> CONVERSATION = List.of(
            SystemMessage.from("Be brief."),
            UserMessage.from("Hi"),
            AiMessage.builder().text("Hello").thinking("plain turn").build(),
            UserMessage.from("Weather?"),
            AiMessage.builder()
                    .thinking("tool turn, call")
                    .toolExecutionRequests(List.of(CALL))
                    .build(),
            ToolExecutionResultMessage.from("1", "getWeather", "sunny"),
            AiMessage.builder().text("Sunny").thinking("tool turn, answer").build(),
            UserMessage.from("And now?"),
            AiMessage.builder()
                    .thinking("round in progress")
                    .toolExecutionRequests(List.of(CALL.toBuilder().id("2").build()))
                    .build(),
            ToolExecutionResultMessage.from("2", "getWeather", "rain"));

    static Stream<Arguments> generations() {
        return Stream.of(
                Arguments.of(ModelProfile.R1, false, List.of()),
                Arguments.of(ModelProfile.R1_0528, false, List.of()),
                Arguments.of(ModelProfile.V3_1, false, List.of()),
                Arguments.of(ModelProfile.CHAT, true, List.of()),
                Arguments.of(ModelProfile.V3_2, true, List.of("round in progress")),
                Arguments.of(
                        ModelProfile.V4_PREVIEW,
                        true,
                        List.of("tool turn, call", "tool turn, answer", "round in progress")),
                Arguments.of(
                        ModelProfile.V4_PRO,
                        true,
                        List.of("plain turn", "tool turn, call", "tool turn, answer", "round in progress")),
                Arguments.of(
                        ModelProfile.V4_1,
                        true,
                        List.of("plain turn", "tool turn, call", "tool turn, answer", "round in progress")),
                Arguments.of(
                        ModelProfile.V4_1,
                        false,
                        List.of("tool turn, call", "tool turn, answer", "round in progress")));
    }

    @ParameterizedTest
    @MethodSource("generations")
    void should_send_the_reasoning_that_each_generation_wants(
            ModelProfile profile, boolean tools, List<String> reasoning) {
        ShapedHistory shaped = shape(profile, ThinkingMode.MODEL_DEFAULT, tools, CONVERSATION);

        assertThat(reasoningOf(shaped)).isEqualTo(reasoning);
    }

    @ParameterizedTest
    @MethodSource("generations")
    void should_send_no_reasoning_with_thinking_off(ModelProfile profile, boolean tools, List<String> reasoning) {
        ModelProfile switchable =
                ModelProfile.from(profile).thinkingDefault(ThinkingDefault.OFF).build();

        assertThat(reasoningOf(shape(switchable, ThinkingMode.OFF, tools, CONVERSATION)))
                .isEmpty();
    }

    @Test
    void should_send_the_filler_where_reasoning_is_lost() {
        List<ChatMessage> foreign = withoutReasoning(CONVERSATION);

        assertThat(reasoningOf(shape(ModelProfile.V4_1, ThinkingMode.ON, true, foreign)))
                .containsExactly(" ", " ", " ", " ");
        assertThat(reasoningOf(shape(ModelProfile.V3_2, ThinkingMode.MODEL_DEFAULT, true, foreign)))
                .containsExactly(" ");
        ModelProfile empty = ModelProfile.from(ModelProfile.V4_1)
                .lostReasoning(LostReasoning.EMPTY)
                .build();
        assertThat(reasoningOf(shape(empty, ThinkingMode.ON, true, foreign))).containsExactly("", "", "", "");
    }

    @Test
    void should_turn_thinking_off_where_reasoning_is_lost_and_that_is_the_choice() {
        ModelProfile careful = ModelProfile.from(ModelProfile.V4_1)
                .lostReasoning(LostReasoning.THINKING_OFF)
                .build();

        ShapedHistory lost = shape(careful, ThinkingMode.ON, true, withoutReasoning(CONVERSATION));
        ShapedHistory whole = shape(careful, ThinkingMode.ON, true, CONVERSATION);

        assertThat(lost.thinking()).isFalse();
        assertThat(reasoningOf(lost)).isEmpty();
        assertThat(whole.thinking()).isTrue();
        assertThat(reasoningOf(whole)).hasSize(4);
    }

    @Test
    void should_send_the_key_where_the_reasoning_was_empty() {
        List<ChatMessage> conversation = List.of(
                UserMessage.from("Weather?"),
                AiMessage.builder()
                        .thinking("")
                        .toolExecutionRequests(List.of(CALL))
                        .build(),
                ToolExecutionResultMessage.from("1", "getWeather", "sunny"));

        assertThat(reasoningOf(shape(ModelProfile.V4_PRO, ThinkingMode.ON, true, conversation)))
                .containsExactly("");
    }

    @Test
    void should_tell_tool_rounds_as_text_to_a_model_without_tools() {
        List<ChatMessage> messages = shape(ModelProfile.R1, ThinkingMode.MODEL_DEFAULT, false, CONVERSATION)
                .messages();

        assertThat(messages).extracting(Object::getClass).doesNotContain(ToolExecutionResultMessage.class);
        assertThat(messages)
                .filteredOn(AiMessage.class::isInstance)
                .noneMatch(message -> ((AiMessage) message).hasToolExecutionRequests());
        assertThat(((AiMessage) messages.get(4)).text())
                .isEqualTo("I called the tool getWeather with the arguments {\"city\":\"Munich\"}");
        assertThat(((UserMessage) messages.get(5)).singleText()).isEqualTo("The tool getWeather returned:\nsunny");
    }

    @Test
    void should_tell_parallel_results_in_one_message_and_say_what_failed() {
        List<ChatMessage> conversation = List.of(
                UserMessage.from("Weather?"),
                AiMessage.from(
                        "Let me see.", List.of(CALL, CALL.toBuilder().id("2").build())),
                ToolExecutionResultMessage.from("1", "getWeather", "sunny"),
                ToolExecutionResultMessage.builder()
                        .id("2")
                        .toolName("getWeather")
                        .text("no such city")
                        .isError(true)
                        .build());

        List<ChatMessage> messages = shape(ModelProfile.V3_1, ThinkingMode.MODEL_DEFAULT, false, conversation)
                .messages();

        assertThat(messages).hasSize(3);
        assertThat(((UserMessage) messages.get(2)).contents())
                .containsExactly(
                        TextContent.from("The tool getWeather returned:\nsunny"),
                        TextContent.from("The tool getWeather failed:\nno such city"));
    }

    @Test
    void should_merge_neighbours_of_the_same_role_for_r1_only() {
        List<ChatMessage> doubled = List.of(
                UserMessage.from("One"),
                UserMessage.from("Two"),
                AiMessage.from("Three"),
                AiMessage.from("Four"),
                UserMessage.from("Five"));

        assertThat(shape(ModelProfile.R1, ThinkingMode.MODEL_DEFAULT, false, doubled)
                        .messages())
                .containsExactly(
                        UserMessage.from(TextContent.from("One"), TextContent.from("Two")),
                        AiMessage.from("Three\n\nFour"),
                        UserMessage.from("Five"));
        assertThat(shape(ModelProfile.V4_1, ThinkingMode.MODEL_DEFAULT, false, doubled)
                        .messages())
                .isEqualTo(doubled);
    }

    @Test
    void should_let_r1s_assistant_speak_first_by_asking_it_to() {
        List<ChatMessage> greeted = List.of(
                SystemMessage.from("Be brief."),
                AiMessage.from("What is your order number?"),
                UserMessage.from("4711"));

        assertThat(shape(ModelProfile.R1, ThinkingMode.MODEL_DEFAULT, false, greeted)
                        .messages())
                .containsExactly(
                        SystemMessage.from("Be brief."),
                        UserMessage.from("(Begin the conversation.)"),
                        AiMessage.from("What is your order number?"),
                        UserMessage.from("4711"));
        assertThat(shape(ModelProfile.R1_WEIGHTS, ThinkingMode.MODEL_DEFAULT, false, greeted)
                        .messages())
                .containsExactly(
                        UserMessage.from(TextContent.from("Be brief."), TextContent.from("(Begin the conversation.)")),
                        AiMessage.from("What is your order number?"),
                        UserMessage.from("4711"));
        for (ModelProfile later :
                List.of(ModelProfile.CHAT, ModelProfile.V3_2, ModelProfile.V4_PREVIEW, ModelProfile.V4_1)) {
            assertThat(shape(later, ThinkingMode.OFF, false, greeted).messages())
                    .isEqualTo(greeted);
        }
    }

    @Test
    void should_fold_the_system_message_for_r1_weights() {
        List<ChatMessage> messages = shape(
                        ModelProfile.R1_WEIGHTS,
                        ThinkingMode.MODEL_DEFAULT,
                        false,
                        List.of(SystemMessage.from("Be brief."), UserMessage.from("Hi")))
                .messages();

        assertThat(messages).containsExactly(UserMessage.from(TextContent.from("Be brief."), TextContent.from("Hi")));
    }

    @Test
    void should_fill_empty_tool_results_and_move_pictures_behind_the_round() {
        ImageContent picture = ImageContent.from("https://example.com/map.png");
        List<ChatMessage> conversation = List.of(
                UserMessage.from("Weather?"),
                AiMessage.from(CALL, CALL.toBuilder().id("2").build()),
                ToolExecutionResultMessage.builder()
                        .id("1")
                        .toolName("getWeather")
                        .contents(List.of(picture))
                        .build(),
                ToolExecutionResultMessage.from("2", "getWeather", ""));

        List<ChatMessage> messages =
                shape(ModelProfile.V4_1, ThinkingMode.OFF, true, conversation).messages();

        assertThat(messages.subList(2, 5))
                .containsExactly(
                        ToolExecutionResultMessage.from("1", "getWeather", "(no output)"),
                        ToolExecutionResultMessage.from("2", "getWeather", "(no output)"),
                        UserMessage.from(picture));
    }

    @Test
    void should_make_up_ids_for_calls_that_have_none() {
        ToolExecutionRequest nameless = CALL.toBuilder().id(null).build();
        List<ChatMessage> conversation = List.of(
                UserMessage.from("Weather?"),
                AiMessage.from(nameless, nameless),
                ToolExecutionResultMessage.from((String) null, "getWeather", "sunny"),
                ToolExecutionResultMessage.from((String) null, "getWeather", "rain"));

        List<ChatMessage> messages = shape(ModelProfile.CHAT, ThinkingMode.MODEL_DEFAULT, true, conversation)
                .messages();

        List<String> calls = ((AiMessage) messages.get(1))
                .toolExecutionRequests().stream().map(ToolExecutionRequest::id).toList();
        assertThat(calls).doesNotContainNull().doesNotHaveDuplicates().hasSize(2);
        assertThat(messages.subList(2, 4))
                .extracting(message -> ((ToolExecutionResultMessage) message).id())
                .isEqualTo(calls);
    }

    @Test
    void should_give_each_call_an_id_of_its_own_over_all_turns() {
        // given a host that numbers its calls anew in each answer, and one that numbers none
        ToolExecutionRequest zero = CALL.toBuilder().id("call_0").build();
        ToolExecutionRequest none = CALL.toBuilder().id(" ").build();
        List<ChatMessage> conversation = List.of(
                UserMessage.from("Weather?"),
                AiMessage.from(zero),
                ToolExecutionResultMessage.from("call_0", "getWeather", "first"),
                AiMessage.from(zero, CALL.toBuilder().id("call_0_2").build()),
                ToolExecutionResultMessage.from("call_0_2", "getWeather", "third"),
                ToolExecutionResultMessage.from("call_0", "getWeather", "second"),
                AiMessage.from("Sunny"),
                UserMessage.from("And now?"),
                AiMessage.from(none, zero),
                ToolExecutionResultMessage.from("call_0", "getWeather", "fifth"),
                ToolExecutionResultMessage.from(" ", "getWeather", "fourth"),
                AiMessage.from("Rainy"),
                UserMessage.from("And now?"),
                AiMessage.from(none),
                ToolExecutionResultMessage.from(" ", "getWeather", "sixth"));

        // when
        List<ChatMessage> messages = shape(ModelProfile.CHAT, ThinkingMode.MODEL_DEFAULT, true, conversation)
                .messages();

        // then
        assertThat(rounds(messages))
                .containsExactly(
                        "call call_0",
                        "call_0: first",
                        "call call_0_3",
                        "call call_0_2",
                        "call_0_2: third",
                        "call_0_3: second",
                        "call call_made_up_0",
                        "call call_0_4",
                        "call_0_4: fifth",
                        "call_made_up_0: fourth",
                        "call call_made_up_1",
                        "call_made_up_1: sixth");
    }

    @Test
    void should_tell_calls_of_one_answer_apart_that_share_an_id() {
        ToolExecutionRequest weather = CALL.toBuilder().id("call_0").build();
        ToolExecutionRequest time = weather.toBuilder().name("getTime").build();

        List<ChatMessage> messages = shape(
                        ModelProfile.CHAT,
                        ThinkingMode.MODEL_DEFAULT,
                        true,
                        List.of(
                                UserMessage.from("Weather and time?"),
                                AiMessage.from(weather, time, weather),
                                ToolExecutionResultMessage.from(time, "noon"),
                                ToolExecutionResultMessage.from(weather, "sunny"),
                                ToolExecutionResultMessage.from(weather, "rainy")))
                .messages();

        assertThat(rounds(messages))
                .containsExactly(
                        "call call_0",
                        "call call_0_2",
                        "call call_0_3",
                        "call_0_2: noon",
                        "call_0: sunny",
                        "call_0_3: rainy");
    }

    private static List<String> rounds(List<ChatMessage> messages) {
        return messages.stream()
                .flatMap(message -> {
                    if (message instanceof ToolExecutionResultMessage result) {
                        return Stream.of(result.id() + ": " + result.text());
                    }
                    return message instanceof AiMessage ai
                            ? ai.toolExecutionRequests().stream().map(call -> "call " + call.id())
                            : Stream.empty();
                })
                .toList();
    }

    @Test
    void should_keep_the_reasoning_of_a_prefix() {
        List<ChatMessage> conversation = List.of(
                UserMessage.from("Write a poem"),
                AiMessage.builder().text("Roses").thinking("It should rhyme").build());

        ShapedHistory shaped = HistoryShaper.shape(
                ModelProfile.R1, draft(conversation, List.of()).with(Option.PREFIX, true));

        assertThat(reasoningOf(shaped)).containsExactly("It should rhyme");
    }

    @Test
    void should_be_the_same_when_shaped_twice() {
        for (ModelProfile profile : Arrays.asList(ModelProfile.R1, ModelProfile.V3_2, ModelProfile.V4_1)) {
            List<ChatMessage> once = shape(profile, ThinkingMode.MODEL_DEFAULT, true, CONVERSATION)
                    .messages();
            assertThat(shape(profile, ThinkingMode.MODEL_DEFAULT, true, once).messages())
                    .isEqualTo(once);
        }
    }

    private static ShapedHistory shape(
            ModelProfile profile, ThinkingMode thinking, boolean tools, List<ChatMessage> messages) {
        return HistoryShaper.shape(
                profile, draft(messages, tools ? List.of(TOOL) : List.of()).with(Option.THINKING, thinking));
    }

    private static RequestDraft draft(List<ChatMessage> messages, List<ToolSpecification> tools) {
        return new RequestDraft(
                messages,
                ChatRequestParameters.builder()
                        .modelName("any")
                        .toolSpecifications(tools)
                        .build(),
                Options.NONE,
                false);
    }

    private static List<String> reasoningOf(ShapedHistory history) {
        return history.messages().stream()
                .filter(AiMessage.class::isInstance)
                .map(message -> ((AiMessage) message).thinking())
                .filter(thinking -> thinking != null)
                .toList();
    }

    private static List<ChatMessage> withoutReasoning(List<ChatMessage> messages) {
        return messages.stream()
                .map(message -> message instanceof AiMessage ai
                        ? (ChatMessage) ai.toBuilder().thinking(null).build()
                        : message)
                .toList();
    }
}
