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
import io.github.deepthink4j.profile.HistoryRules;
import io.github.deepthink4j.profile.LostReasoning;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.profile.ReasoningReplay;
import io.github.deepthink4j.profile.ThinkingDefault;
import io.github.deepthink4j.profile.ThinkingSwitch;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories that are not as one expects them: begun by others, cut by a memory, with nothing where something should be. */
class HistoryStagesTest {

    private static final ToolSpecification TOOL =
            ToolSpecification.builder().name("getWeather").build();
    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("1")
            .name("getWeather")
            .arguments("{}")
            .build();
    private static final ImageContent PICTURE = ImageContent.from("https://example.com/map.png");

    /** Has tools, never thinks, and wants neighbours of one side as one message. */
    private static final ModelProfile MERGING = ModelProfile.from(ModelProfile.CHAT)
            .history(HistoryRules.custom().mergeSameRole(true).build())
            .build();

    private static ShapedHistory shape(ModelProfile profile, ChatMessage... messages) {
        boolean tools = !profile.equals(ModelProfile.R1) && !profile.equals(ModelProfile.R1_WEIGHTS);
        return HistoryShaper.shape(
                profile,
                new RequestDraft(
                        List.of(messages),
                        ChatRequestParameters.builder()
                                .modelName("any")
                                .toolSpecifications(tools ? List.of(TOOL) : List.of())
                                .build(),
                        Options.NONE,
                        false));
    }

    private static List<ChatMessage> sent(ModelProfile profile, ChatMessage... messages) {
        return shape(profile, messages).messages();
    }

    private static AiMessage thought(String thinking, AiMessage message) {
        return message.toBuilder().thinking(thinking).build();
    }

    /** A memory may have evicted the call, or the tool's result have come twice. */
    @Test
    void should_leave_a_result_alone_that_answers_no_call() {
        ToolExecutionResultMessage orphan = ToolExecutionResultMessage.from("9", "getWeather", "fog");
        ToolExecutionResultMessage without = ToolExecutionResultMessage.from((String) null, "getWeather", "fog");

        assertThat(sent(ModelProfile.CHAT, UserMessage.from("Hi"), orphan))
                .containsExactly(UserMessage.from("Hi"), orphan);
        assertThat(sent(ModelProfile.CHAT, UserMessage.from("Hi"), AiMessage.from(CALL), orphan, without)
                        .subList(2, 4))
                .containsExactly(orphan, without);
    }

    @Test
    void should_not_take_a_result_for_that_of_a_call_which_an_earlier_answer_has_left_open() {
        List<ChatMessage> messages = sent(
                ModelProfile.CHAT,
                UserMessage.from("Weather?"),
                AiMessage.from(CALL),
                AiMessage.from(CALL),
                ToolExecutionResultMessage.from(CALL, "sunny"));

        assertThat(((AiMessage) messages.get(2)).toolExecutionRequests().get(0).id())
                .isEqualTo("1_2");
        assertThat(((ToolExecutionResultMessage) messages.get(3)).id()).isEqualTo("1_2");
    }

    /** Other libraries keep no name with a result, or another one. */
    @Test
    void should_know_a_result_by_its_id_alone_where_its_name_is_another() {
        List<ChatMessage> messages = sent(
                ModelProfile.CHAT,
                UserMessage.from("Weather?"),
                AiMessage.from(CALL),
                ToolExecutionResultMessage.from("1", "get_weather", "sunny"),
                AiMessage.from(CALL),
                ToolExecutionResultMessage.from("1", "get_weather", "rain"));

        assertThat(messages)
                .filteredOn(ToolExecutionResultMessage.class::isInstance)
                .extracting(message -> ((ToolExecutionResultMessage) message).id())
                .containsExactly("1", "1_2");
    }

    @Test
    void should_make_up_no_id_that_another_call_has() {
        ToolExecutionRequest nameless = CALL.toBuilder().id("").build();
        ToolExecutionRequest taken = CALL.toBuilder().id("call_made_up_0").build();

        List<ChatMessage> messages =
                sent(ModelProfile.CHAT, UserMessage.from("Weather?"), AiMessage.from(nameless, taken));

        assertThat(((AiMessage) messages.get(1)).toolExecutionRequests())
                .extracting(ToolExecutionRequest::id)
                .containsExactly("call_made_up_1", "call_made_up_0");
    }

    @Test
    void should_join_what_neighbours_say_without_empty_lines_for_those_who_say_nothing() {
        AiMessage silent = AiMessage.builder().thinking("So").build();
        AiMessage blank = AiMessage.from(" ");
        AiMessage hello = AiMessage.from("Hello");

        assertThat(sent(ModelProfile.R1, UserMessage.from("Hi"), silent, hello).subList(1, 2))
                .containsExactly(hello);
        assertThat(sent(ModelProfile.R1, UserMessage.from("Hi"), blank, hello).subList(1, 2))
                .containsExactly(hello);
        assertThat(sent(ModelProfile.R1, UserMessage.from("Hi"), hello, silent).subList(1, 2))
                .containsExactly(hello);
        assertThat(sent(ModelProfile.R1, UserMessage.from("Hi"), hello, blank).subList(1, 2))
                .containsExactly(hello);
    }

    @Test
    void should_not_join_messages_with_calls() {
        AiMessage hello = AiMessage.from("Hello");
        AiMessage calls = AiMessage.from(CALL);

        assertThat(sent(MERGING, UserMessage.from("Hi"), hello, calls))
                .hasSize(3)
                .endsWith(hello, calls);
        assertThat(sent(MERGING, UserMessage.from("Hi"), calls, hello))
                .hasSize(3)
                .endsWith(calls, hello);
        assertThat(sent(MERGING, UserMessage.from("Hi"), hello, hello)).hasSize(2);
    }

    @Test
    void should_fold_all_system_messages_into_the_first_user_message_alone() {
        assertThat(sent(
                        ModelProfile.R1_WEIGHTS,
                        SystemMessage.from("Be brief."),
                        UserMessage.from("Hi"),
                        AiMessage.from("Hello"),
                        SystemMessage.from("Be kind."),
                        UserMessage.from("Bye")))
                .containsExactly(
                        UserMessage.from(TextContent.from("Be brief.\n\nBe kind."), TextContent.from("Hi")),
                        AiMessage.from("Hello"),
                        UserMessage.from("Bye"));
    }

    @Test
    void should_fold_nothing_where_there_are_no_instructions_and_join_nothing_that_need_not_be_joined() {
        ModelProfile folding = ModelProfile.from(ModelProfile.CHAT)
                .history(HistoryRules.custom().foldSystemMessage(true).build())
                .build();

        assertThat(sent(folding, UserMessage.from("Hi"))).containsExactly(UserMessage.from("Hi"));
        assertThat(sent(folding, SystemMessage.from("Be brief."), UserMessage.from("Hi")))
                .containsExactly(UserMessage.from(TextContent.from("Be brief."), TextContent.from("Hi")));
    }

    @Test
    void should_make_a_user_message_of_instructions_that_nobody_follows_with_a_question() {
        assertThat(sent(ModelProfile.R1_WEIGHTS, SystemMessage.from("Tell a joke.")))
                .containsExactly(UserMessage.from("Tell a joke."));
    }

    @Test
    void should_ask_nobody_to_begin_who_does_not_speak_first() {
        assertThat(sent(ModelProfile.R1, SystemMessage.from("Be brief.")))
                .containsExactly(SystemMessage.from("Be brief."));
        assertThat(sent(ModelProfile.R1, UserMessage.from("Hi"), AiMessage.from("Hello")))
                .containsExactly(UserMessage.from("Hi"), AiMessage.from("Hello"));
    }

    @Test
    void should_show_the_pictures_of_each_round_behind_that_round() {
        ToolExecutionRequest second = CALL.toBuilder().id("2").build();
        ToolExecutionResultMessage drawn = ToolExecutionResultMessage.builder()
                .id("1")
                .toolName("getWeather")
                .contents(List.of(TextContent.from("sun"), PICTURE, TextContent.from("rain")))
                .build();

        List<ChatMessage> messages = sent(
                ModelProfile.CHAT,
                UserMessage.from("Weather?"),
                AiMessage.from(CALL),
                drawn,
                AiMessage.from(second),
                ToolExecutionResultMessage.from("2", "getWeather", " "));

        assertThat(messages)
                .containsExactly(
                        UserMessage.from("Weather?"),
                        AiMessage.from(CALL),
                        ToolExecutionResultMessage.from("1", "getWeather", "sun\nrain"),
                        UserMessage.from(PICTURE),
                        AiMessage.from(second),
                        ToolExecutionResultMessage.from("2", "getWeather", "(no output)"));
    }

    @Test
    void should_tell_calls_and_results_with_all_that_is_in_them() {
        ToolExecutionRequest bare = CALL.toBuilder().arguments(null).build();
        ToolExecutionRequest blank = CALL.toBuilder().id("2").arguments(" ").build();
        AiMessage calls = AiMessage.builder()
                .text("Let me see.")
                .thinking("It asks for the weather.")
                .toolExecutionRequests(List.of(bare, blank))
                .attributes(Map.of("of", "the user's"))
                .build();
        ToolExecutionResultMessage drawn = ToolExecutionResultMessage.builder()
                .id("1")
                .toolName("getWeather")
                .contents(List.of(PICTURE))
                .build();

        List<ChatMessage> told = HistoryShaper.withoutTools(
                List.of(UserMessage.from("Weather?"), calls, drawn, ToolExecutionResultMessage.from(blank, "rain")),
                PromptLanguage.ENGLISH);

        AiMessage said = (AiMessage) told.get(1);
        assertThat(said.text())
                .isEqualTo("Let me see.\nI called the tool getWeather with the arguments {}\n"
                        + "I called the tool getWeather with the arguments {}");
        assertThat(said.thinking()).isEqualTo("It asks for the weather.");
        assertThat(said.attributes()).containsEntry("of", "the user's");
        assertThat(told).hasSize(3);
        assertThat(((UserMessage) told.get(2)).contents())
                .containsExactly(
                        TextContent.from("The tool getWeather returned:\n(no output)"),
                        PICTURE,
                        TextContent.from("The tool getWeather returned:\nrain"));
    }

    @Test
    void should_tell_a_result_that_a_history_begins_with_and_calls_without_a_text() {
        List<ChatMessage> told = HistoryShaper.withoutTools(
                List.of(ToolExecutionResultMessage.from(CALL, "rain"), AiMessage.from(" ", List.of(CALL))),
                PromptLanguage.ENGLISH);

        assertThat(((UserMessage) told.get(0)).singleText()).isEqualTo("The tool getWeather returned:\nrain");
        assertThat(told.get(1)).isEqualTo(AiMessage.from("I called the tool getWeather with the arguments {}"));
    }

    /** What a user has said is the user's, also next to a result that is told. */
    @Test
    void should_tell_a_result_apart_from_what_a_user_has_said_before_it() {
        List<ChatMessage> told = ToolRoundsAsText.tell(
                List.of(UserMessage.from("Hi"), ToolExecutionResultMessage.from(CALL, "rain")),
                Phrases.in(PromptLanguage.ENGLISH));

        assertThat(told).hasSize(2).startsWith(UserMessage.from("Hi"));
    }

    @Test
    void should_go_on_thinking_with_an_empty_thought_where_one_is_lost_and_thinking_has_no_switch() {
        ModelProfile always = ModelProfile.from(ModelProfile.V4_1)
                .thinkingDefault(ThinkingDefault.ALWAYS)
                .thinkingSwitch(ThinkingSwitch.MODEL_ID)
                .lostReasoning(LostReasoning.THINKING_OFF)
                .build();

        ShapedHistory shaped = shape(always, UserMessage.from("Weather?"), AiMessage.from(CALL));

        assertThat(shaped.thinking()).isTrue();
        assertThat(((AiMessage) shaped.messages().get(1)).thinking()).isEmpty();
    }

    @Test
    void should_take_no_thought_for_a_prefix_but_the_last_one_of_a_request_that_has_one() {
        AiMessage first = thought("one", AiMessage.from("One"));
        AiMessage last = thought("two", AiMessage.from("Two"));
        RequestDraft draft = new RequestDraft(
                List.of(UserMessage.from("Hi"), first, UserMessage.from("Go on"), last),
                ChatRequestParameters.builder().modelName("any").build(),
                Options.NONE,
                false);

        assertThat(HistoryShaper.shape(ModelProfile.R1, draft.with(Option.PREFIX, true))
                        .messages())
                .containsExactly(UserMessage.from("Hi"), AiMessage.from("One"), UserMessage.from("Go on"), last);
        assertThat(HistoryShaper.shape(ModelProfile.R1, draft).messages()).endsWith(AiMessage.from("Two"));
    }

    @Test
    void should_know_the_last_turn_and_the_turns_with_tools() {
        List<ChatMessage> messages = List.of(
                AiMessage.from("Welcome"),
                UserMessage.from("Weather?"),
                AiMessage.from(CALL),
                ToolExecutionResultMessage.from(CALL, "sunny"),
                AiMessage.from("Sunny"),
                UserMessage.from("Thanks"),
                AiMessage.from("Bye"),
                AiMessage.from("Bye bye"));

        WantedReasoning.TurnRule lastTurn = (callsTools, inProgress) -> inProgress;
        assertThat(WantedReasoning.in(messages, lastTurn)).isEqualTo(places(6, 7));
        assertThat(WantedReasoning.in(messages.subList(0, 1), lastTurn)).isEqualTo(places(0));
        assertThat(WantedReasoning.in(messages.subList(0, 2), lastTurn)).isEqualTo(places());
        assertThat(WantedReasoning.in(messages, ReasoningReplay.FORBIDDEN, true))
                .isEqualTo(places());
        assertThat(WantedReasoning.in(messages, ReasoningReplay.WITHIN_TURN, true))
                .isEqualTo(places());
        assertThat(WantedReasoning.in(messages.subList(0, 5), ReasoningReplay.WITHIN_TURN, true))
                .isEqualTo(places(2, 4));
        assertThat(WantedReasoning.in(messages, ReasoningReplay.TOOL_TURNS, true))
                .isEqualTo(places(2, 4));
        assertThat(WantedReasoning.in(messages, ReasoningReplay.WITH_TOOLS, false))
                .isEqualTo(places(2, 4));
        assertThat(WantedReasoning.in(messages, ReasoningReplay.WITH_TOOLS, true))
                .isEqualTo(places(0, 2, 4, 6, 7));
    }

    private static BitSet places(int... places) {
        BitSet set = new BitSet();
        for (int place : places) {
            set.set(place);
        }
        return set;
    }
}
