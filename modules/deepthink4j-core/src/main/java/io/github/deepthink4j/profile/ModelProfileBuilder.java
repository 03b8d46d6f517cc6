package io.github.deepthink4j.profile;

import io.github.deepthink4j.profile.ModelProfile.ThinkingDefault;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Derives a {@link ModelProfile} from another one; what is not set stays as it is there. */
public final class ModelProfileBuilder {

    private String name;
    private ThinkingDefault thinkingDefault;
    private ThinkingSwitch thinkingSwitch;
    private Efforts efforts;
    private ModeRules whileThinking;
    private ModeRules whileNotThinking;
    private ReasoningReplay reasoningReplay;
    private LostReasoning lostReasoning;
    private boolean mergeSameRole;
    private boolean foldSystemMessage;
    private boolean thinkingInMaxTokens;
    private @Nullable Integer contextWindow;
    private ReasoningDialect dialect;

    ModelProfileBuilder(ModelProfile base) {
        this.name = base.name();
        this.thinkingDefault = base.thinkingDefault();
        this.thinkingSwitch = base.thinkingSwitch();
        this.efforts = base.efforts();
        this.whileThinking = base.whileThinking();
        this.whileNotThinking = base.whileNotThinking();
        this.reasoningReplay = base.reasoningReplay();
        this.lostReasoning = base.lostReasoning();
        this.mergeSameRole = base.mergeSameRole();
        this.foldSystemMessage = base.foldSystemMessage();
        this.thinkingInMaxTokens = base.thinkingInMaxTokens();
        this.contextWindow = base.contextWindow();
        this.dialect = base.dialect();
    }

    public ModelProfileBuilder name(String name) {
        this.name = name;
        return this;
    }

    public ModelProfileBuilder thinkingDefault(ThinkingDefault thinkingDefault) {
        this.thinkingDefault = thinkingDefault;
        return this;
    }

    public ModelProfileBuilder thinkingSwitch(ThinkingSwitch thinkingSwitch) {
        this.thinkingSwitch = thinkingSwitch;
        return this;
    }

    public ModelProfileBuilder efforts(Efforts efforts) {
        this.efforts = efforts;
        return this;
    }

    public ModelProfileBuilder whileThinking(ModeRules rules) {
        this.whileThinking = rules;
        return this;
    }

    public ModelProfileBuilder whileNotThinking(ModeRules rules) {
        this.whileNotThinking = rules;
        return this;
    }

    /** Adds a feature in both modes. */
    public ModelProfileBuilder allow(Feature feature) {
        whileThinking = whileThinking.withFeatures(plus(whileThinking.features(), feature));
        whileNotThinking = whileNotThinking.withFeatures(plus(whileNotThinking.features(), feature));
        return this;
    }

    /** Takes a feature away in both modes. */
    public ModelProfileBuilder forbid(Feature feature) {
        whileThinking = whileThinking.withFeatures(minus(whileThinking.features(), feature));
        whileNotThinking = whileNotThinking.withFeatures(minus(whileNotThinking.features(), feature));
        return this;
    }

    public ModelProfileBuilder reasoningReplay(ReasoningReplay reasoningReplay) {
        this.reasoningReplay = reasoningReplay;
        return this;
    }

    public ModelProfileBuilder lostReasoning(LostReasoning lostReasoning) {
        this.lostReasoning = lostReasoning;
        return this;
    }

    public ModelProfileBuilder mergeSameRole(boolean mergeSameRole) {
        this.mergeSameRole = mergeSameRole;
        return this;
    }

    public ModelProfileBuilder foldSystemMessage(boolean foldSystemMessage) {
        this.foldSystemMessage = foldSystemMessage;
        return this;
    }

    public ModelProfileBuilder thinkingInMaxTokens(boolean thinkingInMaxTokens) {
        this.thinkingInMaxTokens = thinkingInMaxTokens;
        return this;
    }

    /** Tokens; {@code null} where unknown. */
    public ModelProfileBuilder contextWindow(@Nullable Integer contextWindow) {
        this.contextWindow = contextWindow;
        return this;
    }

    public ModelProfileBuilder dialect(ReasoningDialect dialect) {
        this.dialect = dialect;
        return this;
    }

    /**
     * @throws NullPointerException     if something was set to {@code null} that may not be
     * @throws IllegalArgumentException if the name is blank
     */
    public ModelProfile build() {
        return new ModelProfile(
                name,
                thinkingDefault,
                thinkingSwitch,
                efforts,
                whileThinking,
                whileNotThinking,
                reasoningReplay,
                lostReasoning,
                mergeSameRole,
                foldSystemMessage,
                thinkingInMaxTokens,
                contextWindow,
                dialect);
    }

    private static Set<Feature> plus(Set<Feature> features, Feature feature) {
        Set<Feature> all = EnumSet.of(feature);
        all.addAll(features);
        return all;
    }

    private static Set<Feature> minus(Set<Feature> features, Feature feature) {
        Set<Feature> rest = EnumSet.noneOf(Feature.class);
        rest.addAll(features);
        rest.remove(feature);
        return rest;
    }
}
