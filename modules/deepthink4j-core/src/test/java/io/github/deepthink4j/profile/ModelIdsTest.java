package io.github.deepthink4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelIdsTest {

    @ParameterizedTest
    @CsvSource({
        "deepseek-flash, DeepSeek V4.1-Flash",
        "deepseek-v4-flash, DeepSeek V4.1-Flash",
        "deepseek-v4-flash-vision-exp, DeepSeek V4.1-Flash",
        "' DeepSeek-Flash ', DeepSeek V4.1-Flash",
        "deepseek-v4-pro, DeepSeek V4-Pro",
        "deepseek-reasoner, DeepSeek R1",
        "deepseek-chat, DeepSeek chat",
        // the newest rules for what nobody knows
        "my-own-model, DeepSeek V4.1-Flash"
    })
    void should_know_what_deepseek_serves_under_its_own_ids(String modelName, String profile) {
        assertThat(ModelProfile.forModel(modelName).name()).isEqualTo(profile);
        assertThat(ModelProfile.forModel(modelName).dialect()).isEqualTo(ReasoningDialect.DEEPSEEK);
    }

    @ParameterizedTest
    @CsvSource({
        // DeepSeek's own ids on another host are weights, or what a gateway calls the old API
        "deepseek-flash, DeepSeek V4.1-Flash",
        "deepseek-v4-flash, DeepSeek V4-Flash",
        "deepseek-v4-flash-vision-exp, DeepSeek V4-Flash vision",
        "deepseek-v4-pro, DeepSeek V4-Pro",
        "deepseek-reasoner, DeepSeek R1",
        "deepseek-chat, DeepSeek chat",
        "my-own-model, DeepSeek V4.1-Flash"
    })
    void should_read_deepseeks_own_ids_as_weights_on_another_host(String modelName, String profile) {
        ModelProfile elsewhere = ModelProfile.forModel(modelName, ReasoningDialect.VLLM);

        assertThat(elsewhere.name()).isEqualTo(profile);
        assertThat(elsewhere.dialect()).isEqualTo(ReasoningDialect.VLLM);
        assertThat(elsewhere.whileThinking().maxOutputTokens()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // R1 and what was made of it
        "deepseek-r1, DeepSeek R1 weights",
        "deepseek-r1:8b, DeepSeek R1 weights",
        "deepseek-r1:671b-0528-q4_K_M, DeepSeek R1 weights",
        "deepseek-ai/DeepSeek-R1, DeepSeek R1 weights",
        "deepseek-ai/DeepSeek-R1-0528, DeepSeek R1 weights",
        "deepseek-ai/DeepSeek-R1-0528-Qwen3-8B, DeepSeek R1 weights",
        "deepseek-ai/DeepSeek-R1-Distill-Llama-70B-free, DeepSeek R1 weights",
        "deepseek-r1-distill-llama-70b, DeepSeek R1 weights",
        "deepseek-r1-distill-qwen-32b-250120, DeepSeek R1 weights",
        "deepseek-r1-250528, DeepSeek R1 weights",
        "deepseek/deepseek-r1:free, DeepSeek R1 weights",
        "deepseek/deepseek-r1-turbo, DeepSeek R1 weights",
        "accounts/fireworks/models/deepseek-r1-0528, DeepSeek R1 weights",
        "accounts/fireworks/models/deepseek-r1#accounts/me/deployments/mine, DeepSeek R1 weights",
        "deepseek.r1-v1:0, DeepSeek R1 weights",
        "us.deepseek.r1-v1:0, DeepSeek R1 weights",
        "arn:aws:bedrock:us-east-1::foundation-model/deepseek.r1-v1:0, DeepSeek R1 weights",
        "deepseek-ai/deepseek-r1-0528-maas, DeepSeek R1 weights",
        "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b, DeepSeek R1 weights",
        "hf.co/unsloth/DeepSeek-R1-GGUF:Q4_K_M, DeepSeek R1 weights",
        "Pro/deepseek-ai/DeepSeek-R1, DeepSeek R1 weights",
        "tngtech/deepseek-r1t2-chimera:free, DeepSeek R1 weights",
        "microsoft/MAI-DS-R1, DeepSeek R1 weights",
        "azureml://registries/azureml-deepseek/models/DeepSeek-R1-0528, DeepSeek R1 weights",
        "togethercomputer/DeepSeek-R1-Distill-Qwen-14B, DeepSeek R1 weights",
        "deepseek-ai/DeepSeek-R1-0528-tput, DeepSeek R1 weights",
        "perplexity/r1-1776, DeepSeek R1 weights",
        "/models/DeepSeek-R1/, DeepSeek R1 weights",
        // V3 and before: a date is no version
        "deepseek-v3-241226, DeepSeek chat",
        "deepseek-v3-250324, DeepSeek chat",
        "deepseek-v3-1226, DeepSeek chat",
        "deepseek-ai/DeepSeek-V3, DeepSeek chat",
        "deepseek-ai/DeepSeek-V3-0324, DeepSeek chat",
        "DeepSeek-V3-0324, DeepSeek chat",
        "mlx-community/DeepSeek-V3-4bit, DeepSeek chat",
        "deepseek/deepseek-chat, DeepSeek chat",
        "deepseek/deepseek-chat-v3-0324, DeepSeek chat",
        "deepseek/deepseek-v3-turbo, DeepSeek chat",
        "deepseek/deepseek_v3, DeepSeek chat",
        "deepseek-v3:671b, DeepSeek chat",
        "deepseek-coder-v2:16b, DeepSeek chat",
        "deepseek-v2.5, DeepSeek chat",
        "deepseek-ai/deepseek-llm-67b-chat, DeepSeek chat",
        "accounts/fireworks/models/deepseek-v3, DeepSeek chat",
        "accounts/fireworks/models/deepseek-v3-0324, DeepSeek chat",
        // those that are no reasoners
        "deepseek-ai/deepseek-math-7b-instruct, DeepSeek chat",
        "deepseek-math, DeepSeek chat",
        "deepseek-ai/deepseek-moe-16b-base, DeepSeek chat",
        "deepseek-ai/DeepSeek-Prover-V1.5-RL, DeepSeek chat",
        "deepseek-ocr, DeepSeek vision",
        "deepseek-ocr:3b, DeepSeek vision",
        "deepseek-ai/DeepSeek-OCR-2, DeepSeek vision",
        "deepseek-vl2, DeepSeek vision",
        "deepseek-v3-vllm, DeepSeek chat",
        "deepseek-ai/deepseek-vl2-small, DeepSeek vision",
        "deepseek-ai/deepseek-vl-7b-chat, DeepSeek vision",
        "deepseek-ai/Janus-Pro-7B, DeepSeek vision",
        // V3.1, with V3.2-Exp
        "accounts/fireworks/models/deepseek-v3p1, DeepSeek V3.1 weights",
        "accounts/fireworks/models/deepseek-v3p1-terminus, DeepSeek V3.1 weights",
        "deepseek-v3-1-250821, DeepSeek V3.1 weights",
        "deepseek-v3-1-terminus, DeepSeek V3.1 weights",
        "deepseek-v3.1:671b-cloud, DeepSeek V3.1 weights",
        "deepseek-ai/DeepSeek-V3.1-Terminus, DeepSeek V3.1 weights",
        "deepseek-ai/deepseek-v3.1-maas, DeepSeek V3.1 weights",
        "deepseek/deepseek-chat-v3.1:free, DeepSeek V3.1 weights",
        "deepseek.v3-v1:0, DeepSeek V3.1 weights",
        "us-gov.deepseek.v3-v1:0, DeepSeek V3.1 weights",
        "DeepSeek-V3.1, DeepSeek V3.1 weights",
        "deepseek-v3.1-think-250821, DeepSeek V3.1",
        "deepseek-ai/DeepSeek-V3.2-Exp, DeepSeek V3.1 weights",
        "deepseek/deepseek-v3.2-exp, DeepSeek V3.1 weights",
        "deepseek-ai/DeepSeek-V3.2-Exp:novita, DeepSeek V3.1 weights",
        "deepseek/deepseek-v3.2-exp-thinking, DeepSeek V3.1",
        "deepseek-v3-1-250821-thinking, DeepSeek V3.1",
        "publishers/deepseek-ai/models/deepseek-v3.1-maas, DeepSeek V3.1 weights",
        "azure_ai/DeepSeek-V3.1, DeepSeek V3.1 weights",
        // V3.2
        "accounts/fireworks/models/deepseek-v3p2, DeepSeek V3.2 chat",
        "deepseek-v3-2-251201, DeepSeek V3.2 chat",
        "deepseek/deepseek-v3.2, DeepSeek V3.2 chat",
        "deepseek.v3.2, DeepSeek V3.2 chat",
        "eu.deepseek.v3.2, DeepSeek V3.2 chat",
        "projects/p/locations/us/publishers/deepseek-ai/models/deepseek-v3.2-maas, DeepSeek V3.2 chat",
        "deepseek-ai/deepseek-v3.2-maas, DeepSeek V3.2 chat",
        "Pro/deepseek-ai/DeepSeek-V3.2, DeepSeek V3.2 chat",
        "deepseek-v3.2:cloud, DeepSeek V3.2 chat",
        "DeepSeek-V3.2, DeepSeek V3.2 chat",
        "deepseek/deepseek-v3.2-thinking, DeepSeek V3.2",
        "deepseek-ai/DeepSeek-V3.2-Speciale, DeepSeek V3.2-Speciale",
        // V4 and V4.1
        "deepseek-ai/DeepSeek-V4-Flash, DeepSeek V4-Flash",
        "deepseek/deepseek-v4-flash:free, DeepSeek V4-Flash",
        "deepseek-v4-flash-260731, DeepSeek V4-Flash",
        "deepseek-v4-flash:cloud, DeepSeek V4-Flash",
        "deepseek-ai/DeepSeek-V4-Flash-Preview, DeepSeek V4 preview",
        "deepseek/deepseek-v4-pro, DeepSeek V4-Pro",
        "accounts/fireworks/models/deepseek-v4-pro, DeepSeek V4-Pro",
        "deepseek-v4.1-flash, DeepSeek V4.1-Flash",
        "accounts/fireworks/models/deepseek-v4p1-flash-1017, DeepSeek V4.1-Flash",
        "deepseek/deepseek-v4.1-flash-1017-ultrafast, DeepSeek V4.1-Flash",
        "deepseek-v4-1-flash-261017, DeepSeek V4.1-Flash",
        "deepseek-v4-flash-1017, DeepSeek V4.1-Flash",
        "deepseek-ai/DeepSeek-V4.1-Flash-1017, DeepSeek V4.1-Flash",
        // other makers' reasoners; R1's distillate of Qwen3 is above
        "Qwen/Qwen3-32B, Qwen3",
        "qwen3:8b, Qwen3",
        "qwen.qwen3-32b-v1:0, Qwen3",
        "Qwen/Qwen3.5-397B-A17B, Qwen3",
        "accounts/fireworks/models/qwen3p5-plus, Qwen3",
        "Qwen/Qwen3-235B-A22B-Thinking-2507, Qwen3 Thinking",
        "qwen3:30b-a3b-thinking-2507-q4_K_M, Qwen3 Thinking",
        "qwen/qwq-32b, Qwen3 Thinking",
        "Qwen/Qwen3-30B-A3B-Instruct-2507, Qwen3 Instruct",
        "qwen.qwen3-235b-a22b-2507-v1:0, Qwen3 Instruct",
        "Qwen/Qwen3-Coder-480B-A35B-Instruct, Qwen3 Instruct",
        "zai-org/GLM-4.6, GLM-4.6",
        "accounts/fireworks/models/glm-4p6, GLM-4.6",
        "glm-4.5-air, GLM-4.6",
        "z-ai/glm-4.7:free, GLM-4.6",
        "accounts/fireworks/models/glm-4p5v, GLM-4.6",
        "glm-5.1, GLM-4.6",
        "openai/gpt-oss-120b, gpt-oss",
        "openai.gpt-oss-20b-1:0, gpt-oss",
        "gpt-oss:20b, gpt-oss"
    })
    void should_know_weights_by_the_names_that_hosts_give_them(String modelName, String profile) {
        for (ModelProfile found : List.of(
                ModelProfile.forModel(modelName), ModelProfile.forModel(modelName, ReasoningDialect.OTHER_HOST))) {
            assertThat(found.name()).isEqualTo(profile);
            assertThat(found.dialect()).isEqualTo(ReasoningDialect.OTHER_HOST);
            for (boolean thinking : new boolean[] {true, false}) {
                ModeRules rules = found.rules(thinking);
                assertThat(rules.maxOutputTokens()).isNull();
                assertThat(rules.refused()).isEmpty();
                assertThat(rules.ignored()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "moonshotai/Kimi-K2-Thinking, Kimi K2 Thinking",
        "kimi-k2-thinking-turbo, Kimi K2 Thinking",
        "accounts/fireworks/models/kimi-k2-thinking, Kimi K2 Thinking",
        "kimi-k2.5, Kimi K2.5",
        "accounts/fireworks/models/kimi-k2p5, Kimi K2.5",
        "moonshotai/Kimi-K2.6, Kimi K2.5",
        "kimi-k2-0905-preview, Kimi K2",
        "moonshotai/Kimi-K2-Instruct, Kimi K2"
    })
    void should_know_kimi_which_takes_no_forced_call_while_thinking(String modelName, String profile) {
        ModelProfile found = ModelProfile.forModel(modelName);

        assertThat(found.name()).isEqualTo(profile);
        assertThat(found.whileThinking().refused()).containsExactly(RequestParameter.FORCED_TOOL_CHOICE);
        assertThat(found.whileNotThinking().refused()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Qwen/Qwen3-VL-235B-A22B-Thinking, true",
        "qwen/qwen3-vl-30b-a3b-instruct:free, true",
        "qwen3-vl:8b, true",
        "qwen3-vl-plus-2025-09-23, true",
        "Qwen/Qwen3-Omni-30B-A3B-Thinking, true",
        "Qwen/Qwen3.5-397B-A17B, true",
        "accounts/fireworks/models/qwen3p5-plus, true",
        "glm-4.5v, true",
        "zai-org/GLM-4.6V-Flash, true",
        "accounts/fireworks/models/glm-4p6v, true",
        "glm-5v-turbo, true",
        "Qwen/Qwen3-235B-A22B-Thinking-2507, false",
        "Qwen/Qwen3-32B, false",
        "qwen.qwen3-32b-v1:0, false",
        "unsloth/Qwen3-8B-vllm, false",
        "zai-org/GLM-4.6, false",
        "accounts/fireworks/models/glm-4p6, false",
        "glm-4.5-air, false",
        "deepseek-ai/DeepSeek-R1-0528-Qwen3-8B, false"
    })
    void should_show_images_to_the_sister_models_of_other_makers_that_see(String modelName, boolean sees) {
        ModelProfile found = ModelProfile.forModel(modelName);

        assertThat(found.whileThinking().features().contains(Feature.IMAGES)).isEqualTo(sees);
        assertThat(found.whileNotThinking().features().contains(Feature.IMAGES)).isEqualTo(sees);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MiniMaxAI/MiniMax-M2", "MiniMax-M2.7-highspeed"})
    void should_know_minimax_which_wants_its_tags_back_where_they_were(String modelName) {
        for (ModelProfile found : List.of(
                ModelProfile.forModel(modelName), ModelProfile.forModel(modelName, ReasoningDialect.OTHER_HOST))) {
            assertThat(found).isEqualTo(OtherReasoners.MINIMAX_M2);
            assertThat(found.dialect().writeBack()).isEqualTo(ReasoningDialect.WriteBack.AS_READ_OR_TAGS);
        }
        assertThat(ModelProfile.forModel(modelName, ReasoningDialect.VLLM).dialect())
                .isEqualTo(ReasoningDialect.VLLM);
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
