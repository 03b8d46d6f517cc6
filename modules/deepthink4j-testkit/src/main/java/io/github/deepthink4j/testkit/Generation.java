package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.ServedModel.Thinking;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A generation of DeepSeek's API to be simulated: which ids it serves, and which rules it has. */
public enum Generation {
    /** {@code deepseek-chat} of V3. */
    CHAT_V3(8 << 10, 8 << 10, ServedModel.of("deepseek-chat", Thinking.NEVER)),
    /** R1 of January 2025. */
    R1(
            8 << 10,
            8 << 10,
            ServedModel.of("deepseek-reasoner", Thinking.ALWAYS),
            ServedModel.of("deepseek-chat", Thinking.NEVER)),
    /** R1-0528. */
    R1_0528(
            64 << 10,
            8 << 10,
            ServedModel.of("deepseek-reasoner", Thinking.ALWAYS),
            ServedModel.of("deepseek-chat", Thinking.NEVER)),
    /** V3.1, V3.1-Terminus and V3.2-Exp. */
    V3_1(
            64 << 10,
            8 << 10,
            ServedModel.of("deepseek-reasoner", Thinking.ALWAYS),
            ServedModel.of("deepseek-chat", Thinking.NEVER)),
    /** V3.2: tools while thinking. */
    V3_2(
            64 << 10,
            8 << 10,
            ServedModel.of("deepseek-reasoner", Thinking.ALWAYS),
            ServedModel.of("deepseek-chat", Thinking.OFF)),
    /** The V4 preview of April 2026. */
    V4(
            393_216,
            393_216,
            ServedModel.of("deepseek-v4-flash", Thinking.ON),
            ServedModel.of("deepseek-v4-pro", Thinking.ON),
            ServedModel.of("deepseek-reasoner", Thinking.ALWAYS).servedAs("deepseek-v4-flash"),
            ServedModel.of("deepseek-chat", Thinking.OFF).servedAs("deepseek-v4-flash")),
    /** V4-Flash-0731 and V4-Pro-0813. */
    V4_0731(
            393_216,
            393_216,
            ServedModel.of("deepseek-v4-flash", Thinking.ON),
            ServedModel.of("deepseek-v4-pro", Thinking.ON),
            ServedModel.of("deepseek-reasoner", Thinking.ALWAYS).servedAs("deepseek-v4-flash"),
            ServedModel.of("deepseek-chat", Thinking.OFF).servedAs("deepseek-v4-flash")),
    /** V4.1-Flash, with V4-Pro beside it. */
    V4_1(
            393_216,
            393_216,
            ServedModel.of("deepseek-flash", Thinking.ON).seeingImages(),
            ServedModel.of("deepseek-v4-pro", Thinking.ON),
            ServedModel.of("deepseek-v4-flash", Thinking.ON)
                    .servedAs("deepseek-flash")
                    .seeingImages(),
            ServedModel.of("deepseek-reasoner", Thinking.ALWAYS).servedAs("deepseek-flash"),
            ServedModel.of("deepseek-chat", Thinking.OFF).servedAs("deepseek-flash"));

    private final int maxTokensThinking;
    private final int maxTokens;
    private final List<ServedModel> models;

    Generation(int maxTokensThinking, int maxTokens, ServedModel... models) {
        this.maxTokensThinking = maxTokensThinking;
        this.maxTokens = maxTokens;
        this.models = List.of(models);
    }

    /**
     * The generation of a name that a person writes, such as {@code V4_1}, {@code v4.1} or {@code r1-0528}.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    public static Generation named(String name) {
        String folded = name.strip().toUpperCase(Locale.ROOT).replaceAll("[ .-]", "_");
        for (Generation generation : values()) {
            if (generation.name().equals(folded)) {
                return generation;
            }
        }
        throw new IllegalArgumentException("no generation \"" + name + "\"; there are " + Arrays.toString(values()));
    }

    /** The ids it serves. */
    public List<String> modelNames() {
        return models.stream().map(ServedModel::name).toList();
    }

    List<ServedModel> models() {
        return models;
    }

    /** The model that a request asks for; {@code null} if it is not served. */
    @Nullable
    ServedModel model(JsonNode body) {
        String name = body.path("model").asText("");
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    int maxTokens(boolean thinking) {
        return thinking ? maxTokensThinking : maxTokens;
    }

    boolean isBefore(Generation other) {
        return compareTo(other) < 0;
    }
}
