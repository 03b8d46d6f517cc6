package io.github.deepthink4j.profile;

import static io.github.deepthink4j.profile.Feature.IMAGES;
import static io.github.deepthink4j.profile.Feature.JSON_MODE;
import static io.github.deepthink4j.profile.Feature.TOOLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/protocol.md, section 11, row by row. */
class ModelProfileTest {

    static Stream<Arguments> generations() {
        return Stream.of(
                Arguments.of(ModelProfile.R1, ReasoningReplay.FORBIDDEN, false, false, false, true),
                Arguments.of(ModelProfile.R1_0528, ReasoningReplay.FORBIDDEN, false, true, true, true),
                Arguments.of(ModelProfile.V3_1, ReasoningReplay.FORBIDDEN, false, true, true, true),
                Arguments.of(ModelProfile.V3_2, ReasoningReplay.WITHIN_TURN, true, true, true, true),
                Arguments.of(ModelProfile.V4_PREVIEW, ReasoningReplay.TOOL_TURNS, true, true, true, false),
                Arguments.of(ModelProfile.V4_FLASH, ReasoningReplay.WITH_TOOLS, true, true, true, false),
                Arguments.of(ModelProfile.V4_PRO, ReasoningReplay.WITH_TOOLS, true, true, true, false),
                Arguments.of(ModelProfile.V4_1, ReasoningReplay.WITH_TOOLS, true, true, true, false));
    }

    @ParameterizedTest
    @MethodSource("generations")
    void should_have_the_rules_of_its_generation(
            ModelProfile profile,
            ReasoningReplay replay,
            boolean tools,
            boolean json,
            boolean thinkingCounted,
            boolean logprobsRefused) {
        assertThat(profile.reasoningReplay()).isEqualTo(replay);
        assertThat(profile.whileThinking().features().contains(TOOLS)).isEqualTo(tools);
        assertThat(profile.whileThinking().features().contains(JSON_MODE)).isEqualTo(json);
        assertThat(profile.whileThinking().thinkingInMaxTokens()).isEqualTo(thinkingCounted);
        assertThat(profile.whileThinking().refused().contains(RequestParameter.LOGPROBS))
                .isEqualTo(logprobsRefused);
        assertThat(profile.whileThinking().refused()).contains(RequestParameter.FORCED_TOOL_CHOICE);
        assertThat(profile.whileThinking().ignored()).contains(RequestParameter.TEMPERATURE);
    }

    @Test
    void should_let_only_flash_see_images() {
        assertThat(ModelProfile.V4_1.whileThinking().features()).contains(IMAGES);
        assertThat(ModelProfile.V4_PRO.whileThinking().features()).doesNotContain(IMAGES);
    }

    @Test
    void should_resolve_whether_a_request_is_thought_over() {
        assertThat(ModelProfile.R1.thinks(ThinkingMode.OFF)).isTrue();
        assertThat(ModelProfile.CHAT.thinks(ThinkingMode.ON)).isFalse();
        assertThat(ModelProfile.V3_2_CHAT.thinks(ThinkingMode.MODEL_DEFAULT)).isFalse();
        assertThat(ModelProfile.V3_2_CHAT.thinks(ThinkingMode.ON)).isTrue();
        assertThat(ModelProfile.V4_1.thinks(ThinkingMode.MODEL_DEFAULT)).isTrue();
        assertThat(ModelProfile.V4_1.thinks(ThinkingMode.OFF)).isFalse();
    }

    @Test
    void should_give_the_same_word_the_meaning_of_its_generation() {
        assertThat(ModelProfile.V4_PREVIEW.efforts().meanings()).containsEntry("xhigh", "max");
        assertThat(ModelProfile.V4_1.efforts().meanings()).containsEntry("xhigh", "high");
    }

    @Test
    void should_derive_a_profile_and_change_nothing_else() {
        ModelProfile derived = ModelProfile.from(ModelProfile.R1)
                .name("mine")
                .allow(TOOLS)
                .lostReasoning(LostReasoning.THINKING_OFF)
                .build();

        assertThat(derived.whileThinking().features()).contains(TOOLS);
        assertThat(derived.history().lostReasoning()).isEqualTo(LostReasoning.THINKING_OFF);
        assertThat(ModelProfile.from(derived)
                        .name(ModelProfile.R1.name())
                        .forbid(TOOLS)
                        .lostReasoning(LostReasoning.SPACE)
                        .build())
                .isEqualTo(ModelProfile.R1);
    }

    @Test
    void should_refuse_a_profile_without_a_name() {
        ModelProfile.Builder nameless = ModelProfile.from(ModelProfile.R1).name(" ");

        assertThatThrownBy(nameless::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void should_know_where_thinking_can_be_turned_off() {
        assertThat(ModelProfile.R1.canTurnThinkingOff()).isFalse();
        assertThat(ModelProfile.CHAT.canTurnThinkingOff()).isTrue();
        assertThat(ModelProfile.V3_2_CHAT.canTurnThinkingOff()).isTrue();
        assertThat(ModelProfile.V4_1.canTurnThinkingOff()).isTrue();
        assertThat(ModelProfile.from(ModelProfile.V4_1)
                        .thinkingSwitch(ThinkingSwitch.MODEL_ID)
                        .build()
                        .canTurnThinkingOff())
                .isFalse();
    }

    @Test
    void should_take_a_hosts_switch_only_where_there_is_something_to_switch() {
        assertThat(ModelProfile.V4_1.on(ReasoningDialect.DASHSCOPE).thinkingSwitch())
                .isEqualTo(ThinkingSwitch.ENABLE_THINKING);
        assertThat(ModelProfile.V4_1.on(ReasoningDialect.LM_STUDIO).thinkingSwitch())
                .isEqualTo(ModelProfile.V4_1.thinkingSwitch());
        assertThat(ModelProfile.R1.on(ReasoningDialect.DASHSCOPE).thinkingSwitch())
                .isEqualTo(ThinkingSwitch.MODEL_ID);
        assertThat(ModelProfile.R1.on(ReasoningDialect.DASHSCOPE).dialect()).isEqualTo(ReasoningDialect.DASHSCOPE);
    }

    @Test
    void should_leave_the_limits_of_deepseeks_api_behind_and_keep_those_of_a_host() {
        ModelProfile ours = ModelProfile.from(ModelProfile.V4_1.on(ReasoningDialect.VLLM))
                .whileThinking(ModeRules.from(ModelProfile.V4_1.whileThinking())
                        .maxOutputTokens(1000)
                        .build())
                .build();

        assertThat(ModelProfile.R1.on(ReasoningDialect.AZURE).whileThinking())
                .isEqualTo(ModeRules.custom()
                        .features(ModelProfile.R1.whileThinking().features())
                        .thinkingInMaxTokens(false)
                        .build());
        assertThat(ModelProfile.V4_1.on(ReasoningDialect.DEEPSEEK)).isEqualTo(ModelProfile.V4_1);
        assertThat(ours.on(ReasoningDialect.SGLANG).whileThinking()).isEqualTo(ours.whileThinking());
    }

    @Test
    void should_refuse_a_host_without_a_name() {
        assertThatThrownBy(() -> ReasoningDialect.custom().name(" ").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void should_know_each_generations_limits() {
        assertThat(ModelProfile.R1.contextWindow()).isEqualTo(65_536);
        assertThat(ModelProfile.R1.whileThinking().maxOutputTokens()).isEqualTo(8_192);
        assertThat(ModelProfile.R1_0528.whileThinking().maxOutputTokens()).isEqualTo(65_536);
        assertThat(ModelProfile.V3_1.contextWindow()).isEqualTo(131_072);
        assertThat(ModelProfile.CHAT.whileNotThinking().maxOutputTokens()).isEqualTo(8_192);
        assertThat(ModelProfile.V4_1.contextWindow()).isEqualTo(1_048_576);
        assertThat(ModelProfile.V4_1.whileThinking().maxOutputTokens()).isEqualTo(393_216);
        assertThat(ModelProfile.R1_WEIGHTS.contextWindow()).isNull();
    }
}
