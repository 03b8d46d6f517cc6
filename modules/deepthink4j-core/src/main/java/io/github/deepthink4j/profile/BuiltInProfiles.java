package io.github.deepthink4j.profile;

import static io.github.deepthink4j.profile.Feature.FIM;
import static io.github.deepthink4j.profile.Feature.IMAGES;
import static io.github.deepthink4j.profile.Feature.JSON_MODE;
import static io.github.deepthink4j.profile.Feature.PREFIX;
import static io.github.deepthink4j.profile.Feature.STRICT_TOOLS;
import static io.github.deepthink4j.profile.Feature.TOOLS;
import static io.github.deepthink4j.profile.RequestParameter.FORCED_TOOL_CHOICE;
import static io.github.deepthink4j.profile.RequestParameter.FREQUENCY_PENALTY;
import static io.github.deepthink4j.profile.RequestParameter.LOGPROBS;
import static io.github.deepthink4j.profile.RequestParameter.PRESENCE_PENALTY;
import static io.github.deepthink4j.profile.RequestParameter.TEMPERATURE;
import static io.github.deepthink4j.profile.RequestParameter.TOP_K;
import static io.github.deepthink4j.profile.RequestParameter.TOP_P;

import io.github.deepthink4j.profile.ModelProfile.ThinkingDefault;
import java.util.Set;

/** The generations, as docs/protocol.md, sections 1.2 to 1.5 and 11, has them; each is told by how it differs. */
final class BuiltInProfiles {

    private static final int K = 1024;
    private static final int V4_MAX_OUTPUT = 393_216;

    private static final Set<RequestParameter> SAMPLING =
            Set.of(TEMPERATURE, TOP_P, FREQUENCY_PENALTY, PRESENCE_PENALTY);
    private static final Set<RequestParameter> PENALTIES = Set.of(FREQUENCY_PENALTY, PRESENCE_PENALTY);

    private static final ModeRules NEVER_HAPPENS = new ModeRules(Set.of(), Set.of(), Set.of(TOP_K), null);

    private BuiltInProfiles() {}

    static ModelProfile r1() {
        return new ModelProfile(
                "DeepSeek R1",
                ThinkingDefault.ALWAYS,
                ThinkingSwitch.MODEL_ID,
                Efforts.UNSUPPORTED,
                new ModeRules(Set.of(PREFIX), SAMPLING, Set.of(LOGPROBS, FORCED_TOOL_CHOICE, TOP_K), 8 * K),
                NEVER_HAPPENS,
                ReasoningReplay.FORBIDDEN,
                LostReasoning.SPACE,
                true,
                false,
                false,
                64 * K,
                ReasoningDialect.DEEPSEEK);
    }

    static ModelProfile r1With0528() {
        ModelProfile r1 = r1();
        return ModelProfile.from(r1)
                .name("DeepSeek R1-0528")
                .whileThinking(r1.whileThinking()
                        .withFeatures(Set.of(PREFIX, JSON_MODE))
                        .withMaxOutputTokens(64 * K))
                .thinkingInMaxTokens(true)
                .build();
    }

    static ModelProfile v31() {
        return ModelProfile.from(r1With0528())
                .name("DeepSeek V3.1")
                .contextWindow(128 * K)
                .build();
    }

    static ModelProfile v32() {
        ModelProfile v31 = v31();
        return ModelProfile.from(v31)
                .name("DeepSeek V3.2")
                .whileThinking(v31.whileThinking().withFeatures(Set.of(TOOLS, JSON_MODE, PREFIX, STRICT_TOOLS)))
                .reasoningReplay(ReasoningReplay.WITHIN_TURN)
                .mergeSameRole(false)
                .build();
    }

    static ModelProfile v32Chat() {
        return ModelProfile.from(v32())
                .name("DeepSeek V3.2 chat")
                .thinkingDefault(ThinkingDefault.OFF)
                .thinkingSwitch(ThinkingSwitch.THINKING_TYPE)
                .whileNotThinking(chat().whileNotThinking())
                .build();
    }

    static ModelProfile v4Preview() {
        Set<Feature> features = Set.of(TOOLS, JSON_MODE, PREFIX, STRICT_TOOLS);
        return ModelProfile.from(v32Chat())
                .name("DeepSeek V4 preview")
                .thinkingDefault(ThinkingDefault.ON)
                .efforts(Efforts.V4_PREVIEW)
                .whileThinking(new ModeRules(features, SAMPLING, Set.of(FORCED_TOOL_CHOICE, TOP_K), V4_MAX_OUTPUT))
                .whileNotThinking(new ModeRules(
                        Set.of(TOOLS, JSON_MODE, PREFIX, STRICT_TOOLS, FIM), Set.of(), Set.of(TOP_K), V4_MAX_OUTPUT))
                .reasoningReplay(ReasoningReplay.TOOL_TURNS)
                .contextWindow(1024 * K)
                .build();
    }

    static ModelProfile v4Flash() {
        return ModelProfile.from(v4Preview())
                .name("DeepSeek V4-Flash")
                .efforts(Efforts.V4_FLASH)
                .reasoningReplay(ReasoningReplay.WITH_TOOLS)
                .build();
    }

    static ModelProfile v4Pro() {
        ModelProfile flash = v4Flash();
        return ModelProfile.from(flash)
                .name("DeepSeek V4-Pro")
                .efforts(Efforts.V4_PRO)
                .whileNotThinking(flash.whileNotThinking().withIgnored(PENALTIES))
                .build();
    }

    static ModelProfile v41() {
        ModelProfile flash = v4Flash();
        return ModelProfile.from(flash)
                .name("DeepSeek V4.1-Flash")
                .efforts(Efforts.V4_1)
                .whileThinking(
                        flash.whileThinking().withIgnored(Set.of(TEMPERATURE, FREQUENCY_PENALTY, PRESENCE_PENALTY)))
                .whileNotThinking(
                        flash.whileNotThinking().withIgnored(Set.of(TOP_P, FREQUENCY_PENALTY, PRESENCE_PENALTY)))
                .allow(IMAGES)
                .build();
    }

    static ModelProfile chat() {
        return ModelProfile.from(r1())
                .name("DeepSeek chat")
                .thinkingDefault(ThinkingDefault.NEVER)
                .whileThinking(NEVER_HAPPENS)
                .whileNotThinking(new ModeRules(
                        Set.of(TOOLS, JSON_MODE, PREFIX, STRICT_TOOLS, FIM), Set.of(), Set.of(TOP_K), 8 * K))
                .mergeSameRole(false)
                .thinkingInMaxTokens(true)
                .contextWindow(128 * K)
                .build();
    }

    /** The weights are those of one model, and elsewhere a request says whether it is to think. */
    static ModelProfile v31Weights() {
        return ModelProfile.from(v31())
                .name("DeepSeek V3.1 weights")
                .thinkingDefault(ThinkingDefault.OFF)
                .thinkingSwitch(ThinkingSwitch.CHAT_TEMPLATE)
                .whileNotThinking(chat().whileNotThinking())
                .mergeSameRole(false)
                .dialect(ReasoningDialect.OTHER_HOST)
                .build();
    }

    static ModelProfile r1Weights() {
        ModelProfile r1 = r1();
        return ModelProfile.from(r1)
                .name("DeepSeek R1 weights")
                .whileThinking(new ModeRules(Set.of(), Set.of(), Set.of(FORCED_TOOL_CHOICE, TOP_K), null))
                .foldSystemMessage(true)
                .thinkingInMaxTokens(true)
                .contextWindow(null)
                .dialect(ReasoningDialect.OTHER_HOST)
                .build();
    }
}
