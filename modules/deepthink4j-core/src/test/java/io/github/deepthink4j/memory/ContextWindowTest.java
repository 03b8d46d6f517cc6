package io.github.deepthink4j.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
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
}
