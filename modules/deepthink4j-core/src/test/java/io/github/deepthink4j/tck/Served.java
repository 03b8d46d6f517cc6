package io.github.deepthink4j.tck;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ThinkingMode;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model as the kits meet it: a generation behind the url, a model id, and whether it is to think. What it supports is
 * read off its profile, so that where a generation lacks a feature the kits' own tests for its absence run.
 *
 * @param otherModelName another id that the same server serves, under whose name it answers
 */
public enum Served {
    R1(Generation.R1, "deepseek-reasoner", ModelProfile.R1, ThinkingMode.MODEL_DEFAULT, "deepseek-chat"),
    V3_2(Generation.V3_2, "deepseek-reasoner", ModelProfile.V3_2, ThinkingMode.MODEL_DEFAULT, "deepseek-chat"),
    V4(Generation.V4, "deepseek-v4-flash", ModelProfile.V4_FLASH, ThinkingMode.ON, "deepseek-v4-pro"),
    V4_1(Generation.V4_1, "deepseek-flash", ModelProfile.V4_1, ThinkingMode.ON, "deepseek-v4-pro"),
    CHAT(Generation.V3_2, "deepseek-chat", ModelProfile.CHAT, ThinkingMode.MODEL_DEFAULT, "deepseek-reasoner");

    private static final Map<Served, DeepSeekSimulator> RUNNING = new ConcurrentHashMap<>();

    private final Generation generation;
    private final String modelName;
    private final ModelProfile profile;
    private final ThinkingMode thinking;
    private final String otherModelName;

    Served(
            Generation generation,
            String modelName,
            ModelProfile profile,
            ThinkingMode thinking,
            String otherModelName) {
        this.generation = generation;
        this.modelName = modelName;
        this.profile = profile;
        this.thinking = thinking;
        this.otherModelName = otherModelName;
    }

    public String modelName() {
        return modelName;
    }

    String otherModelName() {
        return otherModelName;
    }

    boolean thinks() {
        return profile.thinks(thinking);
    }

    public boolean has(Feature feature) {
        return profile.rules(thinks()).features().contains(feature);
    }

    /** One for the whole run; it ends with the JVM, whose threads it does not hold up. */
    public DeepSeekSimulator simulator() {
        return RUNNING.computeIfAbsent(
                this,
                served -> DeepSeekSimulator.as(generation).brain(new TckBrain()).start());
    }

    public DeepSeekChatModel.Builder blocking() {
        return configured(DeepSeekChatModel.builder());
    }

    public DeepSeekStreamingChatModel.Builder streaming() {
        return configured(DeepSeekStreamingChatModel.builder());
    }

    DeepSeekChatModel blocking(ChatModelListener listener) {
        return blocking().modelName(modelName).listeners(listener).build();
    }

    DeepSeekStreamingChatModel streaming(ChatModelListener listener) {
        return streaming().modelName(modelName).listeners(listener).build();
    }

    /** All but the model name, which the kits set in several ways. */
    private <B extends DeepSeekModelBuilder<B>> B configured(B builder) {
        return builder.baseUrl(simulator().baseUrl())
                .apiKey("test")
                .profile(profile)
                .thinking(thinking);
    }
}
