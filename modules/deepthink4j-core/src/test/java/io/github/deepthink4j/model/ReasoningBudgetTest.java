package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.error.ReasoningBudgetException;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever ran out of tokens is told what helps with the model in use. */
class ReasoningBudgetTest {

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(
                        Generation.V4_1,
                        "deepseek-flash",
                        ModelProfile.V4_1,
                        "Raise maxOutputTokens, which counts the thought of DeepSeek V4.1-Flash, or ask for less reasoning"
                                + " effort."),
                Arguments.of(
                        Generation.V3_2,
                        "deepseek-reasoner",
                        ModelProfile.V3_2,
                        "Raise maxOutputTokens, which counts the thought of DeepSeek V3.2."),
                Arguments.of(
                        Generation.R1,
                        "deepseek-reasoner",
                        ModelProfile.R1,
                        "maxOutputTokens does not count the thought of DeepSeek R1: ask for less at a time."));
    }

    @ParameterizedTest
    @MethodSource("models")
    void should_say_what_helps_on_this_model(
            Generation generation, String modelName, ModelProfile profile, String advice) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(generation)) {
            deepSeek.respond(Answer.thinking("so much to think about").fault(Fault.BUDGET_EATEN));
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("test")
                    .modelName(modelName)
                    .profile(profile)
                    .build();

            assertThatThrownBy(() -> model.chat("Hi"))
                    .isInstanceOf(ReasoningBudgetException.class)
                    .hasMessageContaining(advice);
        }
    }
}
