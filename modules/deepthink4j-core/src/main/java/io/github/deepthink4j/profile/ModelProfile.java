package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The rules of one model as a value: what it allows, ignores, refuses and wants back. Adapter, memory and agents all
 * obey it, so a new generation is a new value and no new code. {@link #forModel(String)} knows the usual ids;
 * {@link #from(ModelProfile)} derives a profile of one's own.
 *
 * @param name             for messages and logs, never blank
 * @param thinkingDefault  what the model does when a request says nothing
 * @param thinkingSwitch   the request fields that say it
 * @param efforts          the efforts one can name
 * @param whileThinking    the rules for a request that is thought over
 * @param whileNotThinking the rules for one that is not
 * @param reasoningReplay  which earlier reasoning the model wants back
 * @param lostReasoning    what it gets where that reasoning is not to be had
 * @param mergeSameRole    whether neighbours of the same role must be made one message (R1 refuses them)
 * @param foldSystemMessage whether system messages become part of the first user message, as R1's authors advise for
 *                         its weights (docs/protocol.md, section 7)
 * @param thinkingInMaxTokens whether {@code max_tokens} counts the reasoning; on R1 alone it does not
 * @param contextWindow    tokens; {@code null} where unknown
 * @param dialect          where this host puts the reasoning
 */
public record ModelProfile(
        String name,
        ThinkingDefault thinkingDefault,
        ThinkingSwitch thinkingSwitch,
        Efforts efforts,
        ModeRules whileThinking,
        ModeRules whileNotThinking,
        ReasoningReplay reasoningReplay,
        LostReasoning lostReasoning,
        boolean mergeSameRole,
        boolean foldSystemMessage,
        boolean thinkingInMaxTokens,
        @Nullable Integer contextWindow,
        ReasoningDialect dialect) {

    /** R1 of January 2025, {@code deepseek-reasoner}. */
    public static final ModelProfile R1 = BuiltInProfiles.r1();

    /** R1-0528: JSON mode came, and {@code max_tokens} began to count the reasoning. */
    public static final ModelProfile R1_0528 = BuiltInProfiles.r1With0528();

    /** V3.1, V3.1-Terminus and V3.2-Exp in thinking mode. */
    public static final ModelProfile V3_1 = BuiltInProfiles.v31();

    /** V3.2 in thinking mode ({@code deepseek-reasoner}): tools while thinking. */
    public static final ModelProfile V3_2 = BuiltInProfiles.v32();

    /** V3.2 as {@code deepseek-chat}: does not think unless asked to. */
    public static final ModelProfile V3_2_CHAT = BuiltInProfiles.v32Chat();

    /** The V4 preview of April 2026, whose weights others may serve still. */
    public static final ModelProfile V4_PREVIEW = BuiltInProfiles.v4Preview();

    /** V4-Flash, {@code deepseek-v4-flash}. */
    public static final ModelProfile V4_FLASH = BuiltInProfiles.v4Flash();

    /** V4-Pro, {@code deepseek-v4-pro}. */
    public static final ModelProfile V4_PRO = BuiltInProfiles.v4Pro();

    /** V4.1-Flash, {@code deepseek-flash}: images, and top_p within bounds while thinking. */
    public static final ModelProfile V4_1 = BuiltInProfiles.v41();

    /** {@code deepseek-chat} as it was from V3 to V3.2: never thinks, has tools and JSON mode. */
    public static final ModelProfile CHAT = BuiltInProfiles.chat();

    /** R1's weights and their distillates on other hosts: sampling works there, reasoning may stand between tags. */
    public static final ModelProfile R1_WEIGHTS = BuiltInProfiles.r1Weights();

    /** V3.1, V3.1-Terminus and V3.2-Exp on other hosts, where a request says whether it is to think. */
    public static final ModelProfile V3_1_WEIGHTS = BuiltInProfiles.v31Weights();

    /** What a model does when a request does not say whether to think. */
    public enum ThinkingDefault {
        /** Thinks, whatever is asked. */
        ALWAYS,
        /** Thinks unless told not to. */
        ON,
        /** Thinks only when told to. */
        OFF,
        /** Never thinks. */
        NEVER
    }

    public ModelProfile {
        if (requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        requireNonNull(thinkingDefault, "thinkingDefault");
        requireNonNull(thinkingSwitch, "thinkingSwitch");
        requireNonNull(efforts, "efforts");
        requireNonNull(whileThinking, "whileThinking");
        requireNonNull(whileNotThinking, "whileNotThinking");
        requireNonNull(reasoningReplay, "reasoningReplay");
        requireNonNull(lostReasoning, "lostReasoning");
        requireNonNull(dialect, "dialect");
    }

    /**
     * The profile for a model id, by DeepSeek's own ids and by those of the usual hosts. {@code deepseek-reasoner} gets
     * R1's rules, which are also the safe ones for whatever serves that old name; an unknown id gets the newest rules.
     *
     * @param modelName as it will be sent, never {@code null}
     */
    public static ModelProfile forModel(String modelName) {
        return ModelIds.profileFor(modelName);
    }

    /** A builder that starts from another profile. */
    public static ModelProfileBuilder from(ModelProfile base) {
        return new ModelProfileBuilder(base);
    }

    /** The same model behind another host, which may have its own way to turn thinking on and off. */
    public ModelProfile on(ReasoningDialect host) {
        boolean switchable = thinkingDefault == ThinkingDefault.ON || thinkingDefault == ThinkingDefault.OFF;
        ThinkingSwitch way = switchable && host.thinkingSwitch() != null ? host.thinkingSwitch() : thinkingSwitch;
        return from(this).dialect(host).thinkingSwitch(way).build();
    }

    /** The rules of a mode. */
    public ModeRules rules(boolean thinking) {
        return thinking ? whileThinking : whileNotThinking;
    }

    /** Whether a request in this mode will be thought over. */
    public boolean thinks(ThinkingMode mode) {
        return switch (thinkingDefault) {
            case ALWAYS -> true;
            case NEVER -> false;
            case ON -> mode != ThinkingMode.OFF;
            case OFF -> mode == ThinkingMode.ON;
        };
    }

    /** Whether a request can be kept from being thought over. */
    public boolean canTurnThinkingOff() {
        return thinkingDefault == ThinkingDefault.OFF
                || thinkingDefault == ThinkingDefault.NEVER
                || (thinkingDefault == ThinkingDefault.ON && thinkingSwitch.canTurnOff());
    }
}
