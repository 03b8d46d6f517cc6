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
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What failed runs leave behind never gets into a request. */
class RepairTest {

    private final List<Repair> repairs = new ArrayList<>();
    private final ReasoningChatMemory memory = ReasoningChatMemory.builder()
            .keepReasoning(KeepReasoning.NONE)
            .listener(new ReasoningMemoryListener() {
                @Override
                public void onRepaired(Object memoryId, List<Repair> repaired) {
                    repairs.addAll(repaired);
                }
            })
            .build();

    private List<String> words() {
        return inWords(memory.messages());
    }

    @Test
    void should_remove_what_no_question_stands_before() {
        memory.add(SystemMessage.from("s"), calls("c1"), result("c1"), AiMessage.from(" "), user("q1"));

        assertThat(words()).containsExactly("SYSTEM", "q1");
        assertThat(repairs)
                .extracting(Repair::kind)
                .containsOnly(Repair.Kind.ANSWER_WITHOUT_QUESTION)
                .hasSize(3);
    }

    @Test
    void should_remove_a_tool_round_that_only_a_greeting_stands_before() {
        memory.add(plain("Hello"), calls("c1"), result("c1"), user("q1"));

        assertThat(words()).containsExactly("Hello", "q1");
        assertThat(repairs)
                .extracting(Repair::kind)
                .containsOnly(Repair.Kind.ANSWER_WITHOUT_QUESTION)
                .hasSize(2);
    }

    @Test
    void should_keep_a_greeting_that_the_user_answers() {
        memory.add(plain("Hello, I am Bo."), SystemMessage.from("s"), plain("What is your order number?"));
        memory.add(user("4711"));
        memory.add(plain("Found it."));

        assertThat(words())
                .containsExactly("SYSTEM", "Hello, I am Bo.", "What is your order number?", "4711", "Found it.");
        assertThat(repairs).isEmpty();
    }

    @Test
    void should_let_a_greeting_go_before_the_first_turn() {
        List<List<ChatMessage>> evicted = new ArrayList<>();
        ReasoningChatMemory small = ReasoningChatMemory.builder()
                .maxTurns(1)
                .maxMessages(3)
                .listener(new ReasoningMemoryListener() {
                    @Override
                    public void onTurnEvicted(Object memoryId, List<ChatMessage> turn) {
                        evicted.add(turn);
                    }
                })
                .build();

        small.add(plain("Hello"), user("q1"), plain("a1"));
        assertThat(inWords(small.messages())).containsExactly("Hello", "q1", "a1");
        small.add(user("q2"));

        assertThat(inWords(small.messages())).containsExactly("q2");
        assertThat(evicted).containsExactly(List.of(plain("Hello")), List.of(user("q1"), plain("a1")));
    }

    @Test
    void should_not_let_a_greeting_keep_a_question_out() {
        ReasoningChatMemory tiny = ReasoningChatMemory.withMaxMessages(1);

        tiny.add(plain("Hello"));
        tiny.add(user("q1"));

        assertThat(inWords(tiny.messages())).containsExactly("q1");
    }

    @Test
    void should_keep_one_of_two_equal_questions() {
        memory.add(user("q1"));
        memory.add(user("q1"));
        memory.add(plain("a1"));

        assertThat(words()).containsExactly("q1", "a1");
        assertThat(repairs).extracting(Repair::kind).containsExactly(Repair.Kind.DOUBLED_USER_MESSAGE);
    }

    @Test
    void should_join_an_unanswered_question_with_the_next_one() {
        memory.add(user("My name is Klaus."));
        memory.add(user("What is my name?"));
        memory.add(plain("Klaus."));

        assertThat(memory.messages())
                .containsExactly(
                        UserMessage.from(
                                user("My name is Klaus.").contents().get(0),
                                user("What is my name?").contents().get(0)),
                        plain("Klaus."));
        assertThat(repairs).extracting(Repair::kind).containsExactly(Repair.Kind.UNANSWERED_USER_MESSAGE);
    }

    @Test
    void should_keep_the_attributes_of_both_questions() {
        UserMessage first = user("a").toBuilder()
                .attributes(Map.of("page", 1, "lang", "en"))
                .build();
        UserMessage second =
                user("b").toBuilder().attributes(Map.of("lang", "de")).build();

        memory.add(first);
        memory.add(second);

        assertThat(memory.messages())
                .extracting(message -> ((UserMessage) message).attributes())
                .containsExactly(Map.of("page", 1, "lang", "de"));
    }

    @Test
    void should_leave_the_voices_of_a_group_apart() {
        UserMessage anna = UserMessage.from("anna", "Hi");
        UserMessage ben = UserMessage.from("ben", "Hello");

        memory.add(anna, ben);

        assertThat(memory.messages()).containsExactly(anna, ben);
        assertThat(repairs).isEmpty();

        memory.add(plain("Hi both"));
        assertThat(words()).containsExactly("Hi", "Hello", "Hi both");
    }

    @Test
    void should_keep_the_last_of_several_system_messages() {
        memory.set(SystemMessage.from("one"), user("q1"), SystemMessage.from("two"), answer("a1"));

        assertThat(memory.messages()).containsExactly(SystemMessage.from("two"), user("q1"), plain("a1"));
        assertThat(repairs).extracting(Repair::kind).containsExactly(Repair.Kind.SECOND_SYSTEM_MESSAGE);
    }
}
