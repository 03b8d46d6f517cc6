package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.call;
import static io.github.deepthink4j.memory.Said.calls;
import static io.github.deepthink4j.memory.Said.inWords;
import static io.github.deepthink4j.memory.Said.plain;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.error.TurnTooLongException;
import io.github.deepthink4j.profile.ModelProfile;
import org.junit.jupiter.api.Test;

/** A memory whose limit is what the model's context window leaves. */
class ContextWindowTest {

    private static final ModelProfile SMALL = ModelProfile.from(ModelProfile.V4_1)
            .name("small")
            .contextWindow(200)
            .build();

    /** About 90 tokens, at 0.3 for a character. */
    private static final String LONG = "x".repeat(300);

    @Test
    void should_evict_what_the_window_does_not_hold() {
        ReasoningChatMemory memory = ReasoningChatMemory.builder()
                .profile(SMALL)
                .fitContextWindow(50)
                .build();

        memory.add(UserMessage.from(LONG));
        memory.add(AiMessage.from("first"));
        memory.add(UserMessage.from(LONG));

        assertThat(memory.messages()).containsExactly(UserMessage.from(LONG));
    }

    @Test
    void should_keep_free_what_was_asked_for() {
        ReasoningChatMemory memory = ReasoningChatMemory.builder()
                .profile(SMALL)
                .fitContextWindow(150)
                .build();

        assertThatThrownBy(() -> memory.add(UserMessage.from(LONG))).isInstanceOf(TurnTooLongException.class);
    }

    @Test
    void should_follow_the_limit_that_was_set_last() {
        ReasoningChatMemory memory = ReasoningChatMemory.builder()
                .profile(SMALL)
                .fitContextWindow(150)
                .maxTokens(1000)
                .build();

        memory.add(UserMessage.from(LONG));

        assertThat(memory.messages()).hasSize(1);
    }

    @Test
    void should_refuse_a_window_that_is_unknown_or_too_small() {
        var unknown =
                ReasoningChatMemory.builder().profile(ModelProfile.R1_WEIGHTS).fitContextWindow(10);
        var small = ReasoningChatMemory.builder().profile(SMALL).fitContextWindow(200);

        assertThatThrownBy(unknown::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DeepSeek R1 weights is not known");
        assertThatThrownBy(small::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("200 tokens");
        assertThatThrownBy(() -> ReasoningChatMemory.builder().fitContextWindow(-1))
                .hasMessageContaining("keptFree");
    }

    /** The estimator of a window counts message by message, and sums up. */
    private static ReasoningChatMemory counting(int maxTokens) {
        return ReasoningChatMemory.builder()
                .profile(ModelProfile.V4_1)
                .maxTokens(maxTokens)
                .build();
    }

    @Test
    void should_count_a_result_that_comes_late() {
        ReasoningChatMemory memory = counting(200);
        memory.add(user(LONG), calls("c1"));
        memory.add(user("q2"), plain("a2"));
        memory.add(user("q3"));
        assertThat(memory.messages()).hasSize(6);

        memory.add(ToolExecutionResultMessage.from(call("c1"), LONG + LONG));

        assertThat(inWords(memory.messages())).containsExactly("q2", "a2", "q3");
    }

    @Test
    void should_count_the_system_message_that_came_last() {
        ReasoningChatMemory memory = counting(150);
        memory.add(SystemMessage.from("s"), user(LONG), plain("a1"), user("q2"));
        assertThat(memory.messages()).hasSize(4);

        memory.add(SystemMessage.from(LONG));
        assertThat(inWords(memory.messages())).containsExactly("SYSTEM", "q2");

        memory.add(plain("a2"), SystemMessage.from("s"), user(LONG));
        assertThat(inWords(memory.messages())).containsExactly("SYSTEM", "q2", "a2", LONG);
    }
}
