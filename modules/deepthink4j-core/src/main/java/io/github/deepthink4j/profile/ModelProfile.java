package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.Components;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one model as a value: what it allows, ignores, refuses and wants back. Adapter, memory and agents all
 * obey it, so a new generation is a new value and no new code. {@link #forModel(String)} knows the usual ids;
 * {@link #from(ModelProfile)} derives a profile of one's own.
 */
public final class ModelProfile {

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
    /** V4-Flash, whose weights others serve; {@code deepseek-v4-flash} until 2026-09-10, when that became V4.1-Flash's. */
    public static final ModelProfile V4_FLASH = BuiltInProfiles.v4Flash();
    /** V4-Pro, {@code deepseek-v4-pro}. */
    public static final ModelProfile V4_PRO = BuiltInProfiles.v4Pro();
    /** V4.1-Flash, {@code deepseek-flash} and the older names of Flash: images, and top_p within bounds while thinking. */
    public static final ModelProfile V4_1 = BuiltInProfiles.v41();

    /** {@code deepseek-chat} as it was from V3 to V3.2: never thinks, has tools and JSON mode. */
    public static final ModelProfile CHAT = BuiltInProfiles.chat();

    /** R1's weights and their distillates on other hosts: sampling works there, reasoning may stand between tags. */
    public static final ModelProfile R1_WEIGHTS = BuiltInProfiles.r1Weights();
    /** V3.1, V3.1-Terminus and V3.2-Exp on other hosts, where a request says whether it is to think. */
    public static final ModelProfile V3_1_WEIGHTS = BuiltInProfiles.v31Weights();

    private final String name;
    private final ThinkingDefault thinkingDefault;
    private final ThinkingSwitch thinkingSwitch;
    private final Efforts efforts;
    private final ModeRules whileThinking;
    private final ModeRules whileNotThinking;
    private final HistoryRules history;
    private final @Nullable Integer contextWindow;
    private final ReasoningDialect dialect;

    private ModelProfile(Builder builder) {
        if (requireNonNull(builder.name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        this.name = builder.name;
        this.thinkingDefault = requireNonNull(builder.thinkingDefault, "thinkingDefault");
        this.thinkingSwitch = requireNonNull(builder.thinkingSwitch, "thinkingSwitch");
        this.efforts = requireNonNull(builder.efforts, "efforts");
        this.whileThinking = requireNonNull(builder.whileThinking, "whileThinking");
        this.whileNotThinking = requireNonNull(builder.whileNotThinking, "whileNotThinking");
        this.history = requireNonNull(builder.history, "history");
        this.contextWindow = builder.contextWindow;
        this.dialect = requireNonNull(builder.dialect, "dialect");
    }

    /**
     * The profile for a model id, by DeepSeek's own ids and by those of the usual hosts. {@code deepseek-reasoner} gets
     * R1's rules, which are also the safe ones for whatever serves that old name; an unknown id gets the newest rules.
     *
     * @param modelName as it will be sent to api.deepseek.com, or with a name of another host's; never {@code null}
     */
    public static ModelProfile forModel(String modelName) {
        return ModelIds.profileFor(modelName);
    }

    /**
     * The profile for a model id on a host. Elsewhere DeepSeek's own ids are the names of weights: {@code deepseek-v4-flash}, which is
     * V4.1-Flash on api.deepseek.com by now, is V4-Flash there.
     *
     * @param modelName as it will be sent, never {@code null}
     * @param host      {@link ReasoningDialect#OTHER_HOST} where nothing is known of it
     */
    public static ModelProfile forModel(String modelName, ReasoningDialect host) {
        return ModelIds.profileFor(modelName, requireNonNull(host, "host"));
    }

    /**
     * A builder that starts from a model of which nothing is known: without a name, which must be set, without thought,
     * features or limits, on DeepSeek's own host. Mostly {@link #from(ModelProfile)} is what one wants.
     */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from another profile. */
    public static Builder from(ModelProfile base) {
        return custom().name(base.name)
                .thinkingDefault(base.thinkingDefault)
                .thinkingSwitch(base.thinkingSwitch)
                .efforts(base.efforts)
                .whileThinking(base.whileThinking)
                .whileNotThinking(base.whileNotThinking)
                .history(base.history)
                .contextWindow(base.contextWindow)
                .dialect(base.dialect);
    }

    /**
     * The same model behind another host, which may have its own way to turn thinking on and off. From api.deepseek.com to another host
     * its limits stay behind: the most tokens of an answer, and what it refuses or does not heed. Limits of your own belong in a
     * profile that has its host already.
     */
    public ModelProfile on(ReasoningDialect host) {
        Builder there = from(this).dialect(host).thinkingSwitch(switchOn(host));
        if (dialect.deepSeekApi() && !host.deepSeekApi()) {
            there.whileThinking(BuiltInProfiles.elsewhere(whileThinking))
                    .whileNotThinking(BuiltInProfiles.elsewhere(whileNotThinking));
        }
        return there.build();
    }

    /** A host that hands the switch to the chat template takes the word of the model's own template. */
    private ThinkingSwitch switchOn(ReasoningDialect host) {
        ThinkingSwitch hosts = host.thinkingSwitch();
        if (hosts == null || !thinkingDefault.isSwitchable()) {
            return thinkingSwitch;
        }
        return hosts.isOfTemplate() && thinkingSwitch.isOfTemplate() ? thinkingSwitch : hosts;
    }

    /** The rules of a mode. */
    public ModeRules rules(boolean thinking) {
        return thinking ? whileThinking : whileNotThinking;
    }

    /** Whether a request in this mode will be thought over. */
    public boolean thinks(ThinkingMode mode) {
        return thinkingDefault.thinks(mode);
    }

    /** Whether a request can be kept from being thought over. */
    public boolean canTurnThinkingOff() {
        return !thinks(ThinkingMode.MODEL_DEFAULT) || (thinkingDefault.isSwitchable() && thinkingSwitch.canTurnOff());
    }

    /** Which earlier reasoning the model wants back: the rule of its {@link #history()} that memory and models share. */
    public ReasoningReplay reasoningReplay() {
        return history.reasoningReplay();
    }

    /** For messages and logs, never blank. */
    public String name() {
        return name;
    }

    /** What the model does when a request says nothing. */
    public ThinkingDefault thinkingDefault() {
        return thinkingDefault;
    }

    /** The request fields that turn thinking on and off. */
    public ThinkingSwitch thinkingSwitch() {
        return thinkingSwitch;
    }

    /** The efforts one can name. */
    public Efforts efforts() {
        return efforts;
    }

    /** The rules for a request that is thought over. */
    public ModeRules whileThinking() {
        return whileThinking;
    }

    /** The rules for a request that is not thought over. */
    public ModeRules whileNotThinking() {
        return whileNotThinking;
    }

    /** How the model wants the earlier messages. */
    public HistoryRules history() {
        return history;
    }

    /** Tokens of prompt and answer together; {@code null} where unknown. */
    public @Nullable Integer contextWindow() {
        return contextWindow;
    }

    /** Where this host puts the reasoning. */
    public ReasoningDialect dialect() {
        return dialect;
    }

    private Components components() {
        return Components.of(ModelProfile.class)
                .with("name", name)
                .with("thinkingDefault", thinkingDefault)
                .with("thinkingSwitch", thinkingSwitch)
                .with("efforts", efforts)
                .with("whileThinking", whileThinking)
                .with("whileNotThinking", whileNotThinking)
                .with("history", history)
                .with("contextWindow", contextWindow)
                .with("dialect", dialect, dialect.name());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelProfile that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    /** All of its rules; its host by name. */
    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds a profile; what is not set stays as it is in the one it started from. */
    public static final class Builder {

        private String name = "";
        private ThinkingDefault thinkingDefault = ThinkingDefault.NEVER;
        private ThinkingSwitch thinkingSwitch = ThinkingSwitch.MODEL_ID;
        private Efforts efforts = Efforts.UNSUPPORTED;
        private ModeRules whileThinking = ModeRules.custom().build();
        private ModeRules whileNotThinking = ModeRules.custom().build();
        private HistoryRules history = HistoryRules.custom().build();
        private @Nullable Integer contextWindow;
        private ReasoningDialect dialect = ReasoningDialect.DEEPSEEK;

        private Builder() {}

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder thinkingDefault(ThinkingDefault thinkingDefault) {
            this.thinkingDefault = thinkingDefault;
            return this;
        }

        public Builder thinkingSwitch(ThinkingSwitch thinkingSwitch) {
            this.thinkingSwitch = thinkingSwitch;
            return this;
        }

        public Builder efforts(Efforts efforts) {
            this.efforts = efforts;
            return this;
        }

        public Builder whileThinking(ModeRules whileThinking) {
            this.whileThinking = whileThinking;
            return this;
        }

        public Builder whileNotThinking(ModeRules whileNotThinking) {
            this.whileNotThinking = whileNotThinking;
            return this;
        }

        public Builder history(HistoryRules history) {
            this.history = history;
            return this;
        }

        /** Tokens; {@code null} where unknown. */
        public Builder contextWindow(@Nullable Integer contextWindow) {
            this.contextWindow = contextWindow;
            return this;
        }

        public Builder dialect(ReasoningDialect dialect) {
            this.dialect = dialect;
            return this;
        }

        /** Adds a feature in both modes. */
        public Builder allow(Feature feature) {
            whileThinking = ModeRules.from(whileThinking).allow(feature).build();
            whileNotThinking = ModeRules.from(whileNotThinking).allow(feature).build();
            return this;
        }

        /** Takes a feature away in both modes. */
        public Builder forbid(Feature feature) {
            whileThinking = ModeRules.from(whileThinking).forbid(feature).build();
            whileNotThinking = ModeRules.from(whileNotThinking).forbid(feature).build();
            return this;
        }

        /** Changes that one rule of the {@link ModelProfile#history()}. */
        public Builder reasoningReplay(ReasoningReplay reasoningReplay) {
            return history(
                    HistoryRules.from(history).reasoningReplay(reasoningReplay).build());
        }

        /** Changes that one rule of the {@link ModelProfile#history()}. */
        public Builder lostReasoning(LostReasoning lostReasoning) {
            return history(
                    HistoryRules.from(history).lostReasoning(lostReasoning).build());
        }

        /**
         * @throws NullPointerException     if something was set to {@code null} that may not be
         * @throws IllegalArgumentException if the name is blank
         */
        public ModelProfile build() {
            return new ModelProfile(this);
        }
    }
}
