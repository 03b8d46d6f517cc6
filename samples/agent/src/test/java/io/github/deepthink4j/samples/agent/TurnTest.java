package io.github.deepthink4j.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.samples.agent.screen.PipeScreen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Turn turn = new Turn(
            new PipeScreen(new ByteArrayInputStream(new byte[0]), new PrintStream(shown, true, StandardCharsets.UTF_8)),
            new Spending(false));

    @ParameterizedTest
    @CsvSource({
        "10, 5, '10 tokens in, 5 out'",
        ", 5, 'unknown tokens in, 5 out'",
        "10, , '10 tokens in, unknown out'",
        ", , tokens unknown",
        "0, 0, '0 tokens in, 0 out'"
    })
    void should_say_of_a_step_what_its_server_has_said(Integer in, Integer out, String expected) {
        turn.onEnd(
                new Step(
                        StepKind.ANSWER, "reasoner", "any", new TokenUsage(in, out, null), Duration.ofSeconds(1), null),
                null);

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .isEqualTo("[answer: " + expected + "; 1.0 s]" + System.lineSeparator());
    }

    @Test
    void should_say_of_a_step_without_any_usage_that_nothing_is_known() {
        turn.onEnd(new Step(StepKind.PLAN, "reasoner", "any", null, Duration.ofSeconds(1), null), null);

        assertThat(shown.toString(StandardCharsets.UTF_8)).startsWith("[plan: tokens unknown; 1.0 s]");
    }

    @Test
    void should_add_up_what_is_known_and_say_that_it_is_not_all() {
        assertThat(Tokens.NONE.and(10, 5).and(1, 2)).hasToString("11 tokens in, 7 out");
        assertThat(Tokens.NONE.and(10, 5).and(null, 2)).hasToString("at least 10 tokens in, 7 out");
        assertThat(Tokens.NONE.and(null, 5).and(null, null)).hasToString("unknown tokens in, at least 5 out");
        assertThat(Tokens.NONE.and(null, null).and(null, null)).hasToString("tokens unknown");
        assertThat(Tokens.NONE.and(Integer.MAX_VALUE, 0).and(Integer.MAX_VALUE, 0))
                .hasToString("4294967294 tokens in, 0 out");
    }
}
