package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.calls;
import static io.github.deepthink4j.memory.Said.inWords;
import static io.github.deepthink4j.memory.Said.plain;
import static io.github.deepthink4j.memory.Said.result;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.TokenCountEstimator;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.TurnTooLongException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whole turns, oldest first, never within a round, never the system message. */
class EvictionTest {

    /** A token for each character of a user message, one for any other message. */
    private static final TokenCountEstimator CHARACTERS = new TokenCountEstimator() {
        @Override
        public int estimateTokenCountInText(String text) {
            return text.length();
        }

        @Override
        public int estimateTokenCountInMessage(ChatMessage message) {
            return message instanceof UserMessage user
                    ? user.contents().stream()
                            .mapToInt(content -> content.toString().length())
                            .sum()
                    : 1;
        }

        @Override
        public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
            int sum = 0;
            for (ChatMessage message : messages) {
                sum += estimateTokenCountInMessage(message);
            }
            return sum;
        }
    };

    private static int tokens(String text) {
        return CHARACTERS.estimateTokenCountInMessage(user(text));
    }

    private final List<String> events = new ArrayList<>();
    private final ReasoningMemoryListener listener = new ReasoningMemoryListener() {
        @Override
        public void onTurnEvicted(Object memoryId, List<ChatMessage> turn) {
            events.add("evicted " + inWords(turn));
        }

        @Override
        public void onTurnOverLimit(Object memoryId, String limit) {
            events.add("over limit: " + limit);
        }

        @Override
        public void onRepaired(Object memoryId, List<Repair> repairs) {
            events.add("repaired: " + repairs);
        }
    };

    private ReasoningChatMemory.Builder builder() {
        return ReasoningChatMemory.builder().keepReasoning(KeepReasoning.NONE).listener(listener);
    }

    private static void toolTurn(ChatMemory memory, int number) {
        memory.add(user("q" + number));
        memory.add(calls("c" + number));
        memory.add(result("c" + number));
        memory.add(plain("a" + number));
    }

    @Test
    void should_evict_whole_turns_by_turns() {
        ChatMemory memory = builder().maxTurns(2).build();
        memory.add(SystemMessage.from("s"));

        toolTurn(memory, 1);
        toolTurn(memory, 2);
        assertThat(events).isEmpty();
        memory.add(user("q3"));

        assertThat(inWords(memory.messages())).containsExactly("SYSTEM", "q2", "calls c2", "result of c2", "a2", "q3");
        assertThat(events).containsExactly("evicted [q1, calls c1, result of c1, a1]");
    }

    @Test
    void should_evict_a_turn_whose_result_came_late_like_any_other() {
        ChatMemory memory = builder().maxTurns(2).build();
        memory.add(user("q1"), calls("c1"));
        memory.add(user("q2"), plain("a2"));
        memory.add(result("c1"));
        events.clear();

        memory.add(user("q3"), plain("a3"));
        memory.add(user("q4"));

        assertThat(events).containsExactly("evicted [q1, calls c1, result of c1]", "evicted [q2, a2]");
    }

    @Test
    void should_evict_whole_turns_by_messages() {
        ChatMemory memory = builder().maxMessages(6).build();

        toolTurn(memory, 1);
        memory.add(user("q2"));
        memory.add(calls("c2"));
        // What is sent counts, and a result that has to be made up counts too.
        assertThat(inWords(memory.messages())).containsExactly("q2", "calls c2", "no result of c2");
        memory.add(result("c2"));

        assertThat(inWords(memory.messages())).containsExactly("q2", "calls c2", "result of c2");
    }

    @Test
    void should_evict_whole_turns_by_tokens() {
        ChatMemory memory =
                builder().maxTokens(2 * tokens("q1") + 4, CHARACTERS).build();

        toolTurn(memory, 1);
        memory.add(user("q2"));
        memory.add(plain("a2"));
        assertThat(inWords(memory.messages())).startsWith("q1").endsWith("q2", "a2");

        memory.add(user("q3"));
        assertThat(inWords(memory.messages())).containsExactly("q2", "a2", "q3");
    }

    @Test
    void should_obey_all_limits_at_once() {
        ChatMemory memory = builder()
                .maxTurns(3)
                .maxMessages(5)
                .maxTokens(10 * tokens("q1"), CHARACTERS)
                .build();

        for (int i = 1; i <= 4; i++) {
            memory.add(user("q" + i), plain("a" + i));
        }
        assertThat(inWords(memory.messages())).containsExactly("q3", "a3", "q4", "a4");

        String large = "x".repeat(7 * tokens("q1"));
        memory.add(user(large), plain("a5"));
        assertThat(inWords(memory.messages())).containsExactly("q4", "a4", large, "a5");
    }

    @Test
    void should_evict_many_turns_at_once_and_no_more_than_it_must() {
        AtomicInteger max = new AtomicInteger(1000);
        ChatMemory memory =
                builder().dynamicMaxTokens(id -> max.get(), CHARACTERS).build();
        for (int i = 10; i < 60; i++) {
            memory.add(user("q" + i), plain("a" + i));
        }
        int turn = tokens("q10") + 1;

        for (int turns = 49; turns >= 1; turns--) {
            max.set(turns * turn + turn / 2);
            assertThat(memory.messages()).hasSize(2 * Math.min(turns, 1000 / turn));
        }
    }

    @Test
    void should_never_evict_within_the_turn_in_progress_and_say_when_it_is_over_a_limit() {
        ChatMemory memory = builder().maxMessages(3).build();
        memory.add(user("q1"));
        memory.add(calls("c1", "c2"));
        memory.add(result("c1"));
        memory.add(result("c2"));
        memory.add(plain("a1"));

        assertThat(inWords(memory.messages()))
                .containsExactly("q1", "calls c1,c2", "result of c1", "result of c2", "a1");
        assertThat(events).containsExactly("over limit: 4 messages, and at most 3 are to be kept");

        memory.add(user("q2"));
        assertThat(inWords(memory.messages())).containsExactly("q2");
    }

    @Test
    void should_refuse_a_question_that_does_not_fit_even_alone() {
        // given
        ChatMemory memory = builder().maxTokens(tokens("q1") + 10, CHARACTERS).build();
        memory.add(user("q1"), plain("a1"));
        String large = "x".repeat(100);

        // when
        assertThatThrownBy(() -> memory.add(user(large)))
                .isInstanceOf(TurnTooLongException.class)
                .hasMessageContaining(tokens(large) + " tokens, and at most " + (tokens("q1") + 10))
                .hasMessageContaining("Raise the limit")
                .extracting(error -> ((DeepSeekError) error).code())
                .isEqualTo("turn_too_long");

        // then
        assertThat(inWords(memory.messages())).containsExactly("q1", "a1");
        assertThat(events).isEmpty();
    }

    @Test
    void should_not_let_an_unanswered_question_keep_all_later_ones_out() {
        int max = tokens("q1") + tokens("q2") - 1;
        ChatMemory memory = builder().maxTokens(max, CHARACTERS).build();

        memory.add(user("q1"));
        memory.add(user("q2"));

        assertThat(inWords(memory.messages())).containsExactly("q2");
        assertThat(events)
                .containsExactly("repaired: [user message removed that nobody had answered, for want of room]");
    }

    @Test
    void should_refuse_a_system_message_that_leaves_no_room() {
        ChatMemory memory = builder().maxMessages(1).build();
        memory.add(SystemMessage.from("s"));

        assertThatThrownBy(() -> memory.add(user("q1"))).isInstanceOf(TurnTooLongException.class);
        assertThat(inWords(memory.messages())).containsExactly("SYSTEM");
    }

    @Test
    void should_follow_limits_that_change_at_run_time() {
        AtomicInteger turns = new AtomicInteger(3);
        ChatMemory memory = builder().dynamicMaxTurns(id -> turns.get()).build();
        for (int i = 1; i <= 3; i++) {
            memory.add(user("q" + i), plain("a" + i));
        }

        turns.set(1);
        assertThat(inWords(memory.messages())).containsExactly("q3", "a3");

        turns.set(2);
        assertThat(inWords(memory.messages())).containsExactly("q2", "a2", "q3", "a3");

        turns.set(0);
        assertThatIllegalArgumentException()
                .isThrownBy(memory::messages)
                .withMessage("maxTurns must be greater than zero, but is: 0");
    }

    @Test
    void should_refuse_limits_below_one_when_it_is_built() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReasoningChatMemory.withMaxMessages(0))
                .withMessageContaining("maxMessages");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReasoningChatMemory.withMaxTurns(-1))
                .withMessageContaining("maxTurns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReasoningChatMemory.withMaxTokens(0, CHARACTERS))
                .withMessageContaining("maxTokens");
    }

    @Test
    void should_not_ask_how_much_nothing_is() {
        TokenCountEstimator strict = new TokenCountEstimator() {
            @Override
            public int estimateTokenCountInText(String text) {
                return 1;
            }

            @Override
            public int estimateTokenCountInMessage(ChatMessage message) {
                return 1;
            }

            @Override
            public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
                assertThat(messages).isNotEmpty();
                return 1;
            }
        };

        assertThat(ReasoningChatMemory.withMaxTokens(10, strict).messages()).isEmpty();
    }

    @Test
    void should_go_on_when_a_listener_fails() {
        ChatMemory memory = ReasoningChatMemory.builder()
                .maxTurns(1)
                .listener(new ReasoningMemoryListener() {
                    @Override
                    public void onTurnEvicted(Object memoryId, List<ChatMessage> turn) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .build();

        memory.add(user("q1"), plain("a1"), user("q2"));

        assertThat(inWords(memory.messages())).containsExactly("q2");
    }
}
