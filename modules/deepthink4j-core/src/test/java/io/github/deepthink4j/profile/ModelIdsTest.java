package io.github.deepthink4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelIdsTest {

    @ParameterizedTest
    @CsvSource({
        "deepseek-reasoner, DeepSeek R1",
        "deepseek-chat, DeepSeek chat",
        "deepseek-v4-flash, DeepSeek V4-Flash",
        "deepseek-v4-flash-vision-exp, DeepSeek V4-Flash vision",
        "deepseek-v4-pro, DeepSeek V4-Pro",
        "deepseek-flash, DeepSeek V4.1-Flash",
        // other hosts
        "deepseek-r1:8b, DeepSeek R1 weights",
        "deepseek-ai/DeepSeek-R1, DeepSeek R1 weights",
        "deepseek-r1-distill-llama-70b, DeepSeek R1 weights",
        "accounts/fireworks/models/deepseek-r1-0528, DeepSeek R1 weights",
        "deepseek-ai/DeepSeek-V3.1-Terminus, DeepSeek V3.1 weights",
        "deepseek-ai/DeepSeek-V3.2-Exp, DeepSeek V3.1 weights",
        "deepseek/deepseek-v3.2, DeepSeek V3.2 chat",
        "deepseek-v3-2-251201, DeepSeek V3.2 chat",
        "deepseek-ai/DeepSeek-V4-Flash, DeepSeek V4-Flash",
        "deepseek/deepseek-v4-pro, DeepSeek V4-Pro",
        "deepseek-v4.1-flash, DeepSeek V4.1-Flash",
        "deepseek-ai/DeepSeek-V3-0324, DeepSeek chat",
        // the newest rules for what nobody knows
        "my-own-model, DeepSeek V4.1-Flash"
    })
    void should_know_the_usual_ids(String modelName, String profile) {
        assertThat(ModelProfile.forModel(modelName).name()).isEqualTo(profile);
    }

    @Test
    void should_read_inline_reasoning_only_where_weights_are_served_by_others() {
        assertThat(ModelProfile.forModel("deepseek-flash").dialect()).isEqualTo(ReasoningDialect.DEEPSEEK);
        assertThat(ModelProfile.forModel("deepseek-ai/DeepSeek-V4-Flash")
                        .dialect()
                        .inlineReasoning())
                .isEqualTo(ReasoningDialect.InlineReasoning.TAGS);
    }
}
