package io.github.deepthink4j.profile;

import java.util.Map;
import java.util.Set;

/**
 * Profiles of other makers' open reasoners, which DeepSeek's users mix with its models: how each switches thinking, and which earlier
 * thoughts it wants back. All of it was read in public documents, and none of these models was called (docs/protocol.md, section 8.1);
 * {@link ModelProfile#forModel(String)} knows their ids. They begin on a host that is not known; {@link ModelProfile#on} names one.
 */
public final class OtherReasoners {

    private static final int K = 1024;

    /** What the chat templates of Qwen3 and GLM ask for, and DeepSeek's do not. */
    private static final ThinkingSwitch TEMPLATE_ENABLE_THINKING = ThinkingSwitch.custom()
            .on(Map.of("chat_template_kwargs", Map.of("enable_thinking", true)))
            .off(Map.of("chat_template_kwargs", Map.of("enable_thinking", false)))
            .build();

    /** Qwen3, Qwen3.5 and later, where a request says whether they think. DashScope refuses their JSON mode while thinking. */
    public static final ModelProfile QWEN3 = reasoner("Qwen3", ThinkingDefault.ON)
            .thinkingSwitch(TEMPLATE_ENABLE_THINKING)
            .build();

    /** Qwen3-Thinking-2507 and QwQ, which always think. */
    public static final ModelProfile QWEN3_THINKING =
            reasoner("Qwen3 Thinking", ThinkingDefault.ALWAYS).build();

    /** Kimi K2 Thinking, which always thinks, and refuses tool calls of the history that have lost their thought. */
    public static final ModelProfile KIMI_K2_THINKING = kimi("Kimi K2 Thinking", ThinkingDefault.ALWAYS)
            .contextWindow(256 * K)
            .build();

    /** Kimi K2.5 and later: thinking can be turned off, and images are seen. */
    public static final ModelProfile KIMI_K2_5 = kimi("Kimi K2.5", ThinkingDefault.ON)
            .thinkingSwitch(ThinkingSwitch.CHAT_TEMPLATE)
            .allow(Feature.IMAGES)
            .build();

    /** GLM-4.6 and later, GLM-4.5 too: with thinking on it still decides by itself how much there is to think about. */
    public static final ModelProfile GLM_4_6 = reasoner("GLM-4.6", ThinkingDefault.ON)
            .thinkingSwitch(TEMPLATE_ENABLE_THINKING)
            .build();

    /** MiniMax M2 and its successors up to M2.7, which always think and want all of their thoughts back where there are tools. */
    public static final ModelProfile MINIMAX_M2 = reasoner("MiniMax M2", ThinkingDefault.ALWAYS)
            .forbid(Feature.JSON_MODE)
            .reasoningReplay(ReasoningReplay.WITH_TOOLS)
            // docs/protocol.md, section 8.1: "the whole message, tags included".
            .dialect(ReasoningDialect.from(ReasoningDialect.OTHER_HOST)
                    .writeBack(ReasoningDialect.WriteBack.AS_READ_OR_TAGS)
                    .build())
            .contextWindow(200 * K)
            .build();

    /** OpenAI's gpt-oss-20b and gpt-oss-120b: they always think, as hard as is asked for. */
    public static final ModelProfile GPT_OSS = reasoner("gpt-oss", ThinkingDefault.ALWAYS)
            .efforts(Efforts.custom()
                    .meanings(Map.of("low", "low", "medium", "medium", "high", "high"))
                    .build())
            .contextWindow(128 * K)
            .build();

    private OtherReasoners() {}

    /** Tools and JSON in both modes, and the thoughts of the tool round in progress go back; a lost one is no error. */
    private static ModelProfile.Builder reasoner(String name, ThinkingDefault thinkingDefault) {
        ModeRules rules = ModeRules.custom()
                .features(Set.of(Feature.TOOLS, Feature.JSON_MODE))
                .build();
        return ModelProfile.custom()
                .name(name)
                .thinkingDefault(thinkingDefault)
                .whileThinking(rules)
                .whileNotThinking(rules)
                .reasoningReplay(ReasoningReplay.WITHIN_TURN)
                .lostReasoning(LostReasoning.EMPTY)
                .dialect(ReasoningDialect.OTHER_HOST);
    }

    private static ModelProfile.Builder kimi(String name, ThinkingDefault thinkingDefault) {
        ModelProfile base = reasoner(name, thinkingDefault).build();
        return ModelProfile.from(base)
                .whileThinking(ModeRules.from(base.whileThinking())
                        .refused(Set.of(RequestParameter.FORCED_TOOL_CHOICE))
                        .build())
                .reasoningReplay(ReasoningReplay.TOOL_TURNS)
                .lostReasoning(LostReasoning.SPACE);
    }

    /** The sister models that are shown images too. */
    static ModelProfile seeing(ModelProfile reasoner) {
        return ModelProfile.from(reasoner).allow(Feature.IMAGES).build();
    }

    /** The sister models that never think, so that nothing is asked of them that they do not have. */
    static ModelProfile withoutThinking(ModelProfile reasoner, String name) {
        return ModelProfile.from(reasoner)
                .name(name)
                .thinkingDefault(ThinkingDefault.NEVER)
                .thinkingSwitch(ThinkingSwitch.MODEL_ID)
                .reasoningReplay(ReasoningReplay.FORBIDDEN)
                .build();
    }
}
