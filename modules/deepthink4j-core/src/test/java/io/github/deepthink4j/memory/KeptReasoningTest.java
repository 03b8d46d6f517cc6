package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.answer;
import static io.github.deepthink4j.memory.Said.calls;
import static io.github.deepthink4j.memory.Said.inWords;
import static io.github.deepthink4j.memory.Said.plain;
import static io.github.deepthink4j.memory.Said.result;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.memory.ChatMemory;
import io.github.deepthink4j.internal.request.WantedReasoning;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningReplay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of the chain of thought, generation by generation (docs/protocol.md, section 1.3). */
class KeptReasoningTest {

    private static final List<ChatMessage> TWO_TURNS = List.of(
            user("q1"), answer("a1"), user("q2"), calls("c1"), result("c1"), calls("c2"), result("c2"), answer("a2"));

    private static ChatMemory memory(ModelProfile profile) {
        return ReasoningChatMemory.builder().profile(profile).build();
    }

    private static List<String> after(ChatMemory memory) {
        TWO_TURNS.forEach(memory::add);
        return inWords(memory.messages());
    }

    @Test
    void should_drop_at_once_what_r1_must_not_get_back() {
        assertThat(after(memory(ModelProfile.R1)))
                .containsExactly("q1", "a1", "q2", "calls c1", "result of c1", "calls c2", "result of c2", "a2");
        assertThat(after(memory(ModelProfile.V3_1))).noneMatch(word -> word.endsWith("*"));
        assertThat(after(memory(ModelProfile.CHAT))).noneMatch(word -> word.endsWith("*"));
    }

    @Test
    void should_keep_for_v3_2_until_the_next_user_message() {
        ChatMemory memory = memory(ModelProfile.V3_2);

        assertThat(after(memory))
                .containsExactly("q1", "a1", "q2", "calls c1*", "result of c1", "calls c2*", "result of c2", "a2*");

        memory.add(user("q3"));
        assertThat(inWords(memory.messages())).noneMatch(word -> word.endsWith("*"));
    }

    @Test
    void should_drop_for_v3_2_what_was_thought_before_other_messages_of_the_turn() {
        ChatMemory memory = memory(ModelProfile.V3_2);
        for (ChatMessage message : List.of(user("q1"), answer("a1"), plain("and more"), user("q2"))) {
            memory.add(message);
        }

        assertThat(inWords(memory.messages())).containsExactly("q1", "a1", "and more", "q2");
    }

    @Test
    void should_keep_the_thoughts_of_a_greeting_for_v3_2_until_the_first_question() {
        ChatMemory memory = memory(ModelProfile.V3_2);

        memory.add(answer("Hello"));
        memory.add(answer("How can I help?"));
        assertThat(inWords(memory.messages())).containsExactly("Hello*", "How can I help?*");

        memory.add(user("q1"));
        assertThat(inWords(memory.messages())).containsExactly("Hello", "How can I help?", "q1");
    }

    @Test
    void should_keep_for_v4_on_turns_with_tool_calls() {
        ChatMemory memory = memory(ModelProfile.V4_PREVIEW);
        List<String> expected =
                List.of("q1", "a1", "q2", "calls c1*", "result of c1", "calls c2*", "result of c2", "a2*");

        assertThat(after(memory)).isEqualTo(expected);

        memory.add(user("q3"));
        assertThat(inWords(memory.messages())).startsWith(expected.toArray(String[]::new));
    }

    @Test
    void should_keep_all_since_0731_unless_told_that_there_are_no_tools() {
        assertThat(after(memory(ModelProfile.V4_1)))
                .containsExactly("q1", "a1*", "q2", "calls c1*", "result of c1", "calls c2*", "result of c2", "a2*");

        ChatMemory without = ReasoningChatMemory.builder()
                .profile(ModelProfile.V4_1)
                .hasTools(false)
                .build();
        without.add(user("q1"), answer("a1"));
        assertThat(inWords(without.messages())).containsExactly("q1", "a1");
    }

    @Test
    void should_keep_all_by_default_since_nothing_can_be_brought_back() {
        assertThat(after(ReasoningChatMemory.builder().build())).contains("a1*", "a2*");
    }

    @Test
    void should_ask_anew_whether_a_conversation_has_tools() {
        // given
        Map<Object, Boolean> tools = new HashMap<>(Map.of("with", true, "without", false));
        var provider = ReasoningChatMemory.provider()
                .profile(ModelProfile.V4_PRO)
                .dynamicHasTools(tools::get)
                .build();
        ChatMemory with = provider.get("with");
        ChatMemory without = provider.get("without");

        // when
        with.add(user("q1"), answer("a1"));
        without.add(user("q1"), answer("a1"));

        // then
        assertThat(inWords(with.messages())).containsExactly("q1", "a1*");
        assertThat(inWords(without.messages())).containsExactly("q1", "a1");

        // when the tools come, and go
        tools.put("without", true);
        tools.put("with", false);
        without.add(user("q2"), answer("a2"));

        // then
        assertThat(inWords(without.messages())).containsExactly("q1", "a1", "q2", "a2*");
        assertThat(inWords(with.messages())).containsExactly("q1", "a1");
    }

    @Test
    void should_drop_from_all_turns_when_the_rule_changes() {
        AtomicBoolean tools = new AtomicBoolean(true);
        ChatMemory memory = ReasoningChatMemory.provider()
                .profile(ModelProfile.V4_PRO)
                .dynamicHasTools(id -> tools.get())
                .build()
                .get("x");
        memory.add(user("q1"), answer("a1"));
        memory.add(user("q2"), answer("a2"));
        assertThat(inWords(memory.messages())).containsExactly("q1", "a1*", "q2", "a2*");

        tools.set(false);

        assertThat(inWords(memory.messages())).containsExactly("q1", "a1", "q2", "a2");
    }

    @ParameterizedTest
    @EnumSource(KeepReasoning.class)
    void should_obey_what_is_set_by_hand(KeepReasoning keep) {
        ChatMemory memory = ReasoningChatMemory.builder()
                .profile(ModelProfile.R1)
                .keepReasoning(keep)
                .build();
        after(memory);
        memory.add(user("q3"), answer("a3"));

        assertThat(inWords(memory.messages()).stream().filter(word -> word.endsWith("*")))
                .isEqualTo(
                        switch (keep) {
                            case NONE -> List.of();
                            case CURRENT_TURN -> List.of("a3*");
                            case TOOL_TURNS -> List.of("calls c1*", "calls c2*", "a2*");
                            case ALL -> List.of("a1*", "calls c1*", "calls c2*", "a2*", "a3*");
                        });
    }

    /** Whenever a request is made, in the midst of a turn or at its start, nothing it wants has been dropped. */
    @ParameterizedTest
    @EnumSource(ReasoningReplay.class)
    void should_never_drop_what_the_model_will_want(ReasoningReplay replay) {
        ModelProfile profile =
                ModelProfile.from(ModelProfile.V4_1).reasoningReplay(replay).build();
        for (boolean tools : List.of(true, false)) {
            ChatMemory memory = ReasoningChatMemory.builder()
                    .profile(profile)
                    .hasTools(tools)
                    .build();
            for (ChatMessage message : TWO_TURNS) {
                memory.add(message);
                assertComplete(memory.messages(), replay, tools);
                List<ChatMessage> next = new ArrayList<>(memory.messages());
                next.add(user("next"));
                assertComplete(next, replay, tools);
            }
        }
    }

    private static void assertComplete(List<ChatMessage> request, ReasoningReplay replay, boolean tools) {
        assertThat(WantedReasoning.in(request, replay, tools).stream().mapToObj(request::get))
                .allMatch(message -> ((AiMessage) message).thinking() != null);
    }

    @Test
    void should_leave_everything_else_of_a_message_as_it_is() {
        ChatMemory memory = memory(ModelProfile.R1);
        AiMessage message = AiMessage.builder()
                .text("a")
                .thinking("t")
                .attributes(Map.of("signature", "s"))
                .build();

        memory.add(user("q"), message);

        assertThat(memory.messages())
                .containsExactly(user("q"), message.toBuilder().thinking(null).build());
    }

    @Test
    void should_give_the_dropped_thought_to_the_listener_once() {
        // given
        List<String> thoughts = new ArrayList<>();
        ReasoningMemoryListener listener = new ReasoningMemoryListener() {
            @Override
            public void onReasoningDropped(Object memoryId, AiMessage message) {
                thoughts.add(memoryId + ": " + message.thinking());
            }
        };
        ChatMemory memory = ReasoningChatMemory.builder()
                .id("x")
                .profile(ModelProfile.V3_2)
                .listener(listener)
                .build();

        // when
        memory.add(user("q1"));
        memory.add(answer("a1"));
        memory.messages();

        // then
        assertThat(thoughts).isEmpty();

        // when
        memory.add(user("q2"));
        memory.messages();
        memory.add(plain("a2"));

        // then
        assertThat(thoughts).containsExactly("x: thought of a1");
    }
}
