package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.answer;
import static io.github.deepthink4j.memory.Said.calls;
import static io.github.deepthink4j.memory.Said.inWords;
import static io.github.deepthink4j.memory.Said.plain;
import static io.github.deepthink4j.memory.Said.result;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import org.junit.jupiter.api.Test;

/** Two memories with one conversation, in a store that gives back the objects it was given. */
class SharedStoreTest {

    private final ChatMemoryStore store = new InMemoryChatMemoryStore();
    private final ReasoningChatMemory one = memory();
    private final ReasoningChatMemory other = memory();

    private ReasoningChatMemory memory() {
        return ReasoningChatMemory.builder()
                .id("x")
                .keepReasoning(KeepReasoning.CURRENT_TURN)
                .chatMemoryStore(store)
                .build();
    }

    @Test
    void should_go_on_from_where_the_other_went_back_to() {
        // given
        one.add(user("q1"), answer("a1"));
        one.add(user("q2"), answer("a2"));

        // when the other takes the last answer back
        other.set(other.messages().subList(0, 3));
        one.add(answer("another a2"));

        // then
        assertThat(inWords(one.messages())).containsExactly("q1", "a1", "q2", "another a2*");
        assertThat(inWords(other.messages())).containsExactly("q1", "a1", "q2", "another a2*");
    }

    @Test
    void should_go_on_from_the_end_of_an_earlier_turn() {
        one.add(user("q1"), plain("a1"));
        one.add(user("q2"), plain("a2"));

        other.set(other.messages().subList(0, 2));
        one.add(plain("and more"));

        assertThat(inWords(other.messages())).containsExactly("q1", "a1", "and more");
    }

    @Test
    void should_go_on_with_what_the_other_has_added() {
        one.add(user("q1"), plain("a1"));
        one.add(user("q2"));

        other.add(calls("c2"), result("c2"));
        one.add(plain("a2"));

        assertThat(inWords(other.messages())).containsExactly("q1", "a1", "q2", "calls c2*", "result of c2", "a2");
    }

    @Test
    void should_go_on_from_a_greeting_that_is_all_the_other_left() {
        one.add(plain("Hello"), user("q1"), plain("a1"), user("q2"));

        other.set(plain("Hello"));
        one.add(user("q3"), plain("a3"));

        assertThat(inWords(other.messages())).containsExactly("Hello", "q3", "a3");
    }

    @Test
    void should_leave_out_the_last_question_that_the_other_was_refused() {
        one.add(user("q1"), plain("a1"));
        one.add(user("q2"), plain("a2"));
        one.add(user("q3"), calls("c3"), result("c3"));

        other.refused(new IllegalStateException("400"));

        assertThat(inWords(one.messages())).containsExactly("q1", "a1", "q2", "a2");
        one.add(user("q4"));
        assertThat(inWords(other.messages())).containsExactly("q1", "a1", "q2", "a2", "q4");
    }

    @Test
    void should_leave_out_all_voices_of_a_turn_that_the_other_was_refused() {
        one.add(user("q1"), plain("a1"));
        one.add(UserMessage.from("anna", "q2"), UserMessage.from("ben", "q3"), calls("c3"), result("c3"));

        other.refused(new IllegalStateException("400"));

        assertThat(inWords(one.messages())).containsExactly("q1", "a1");
        one.add(UserMessage.from("anna", "q4"));
        assertThat(inWords(other.messages())).containsExactly("q1", "a1", "q4");
    }
}
