package io.github.deepthink4j.testkit.internal.rule;

import io.github.deepthink4j.testkit.internal.rule.ServedModel.Thinking;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which models a generation serves, and how long their answers may be (docs/protocol.md, sections 1.2 and 2.2).
 *
 * @param models            in the order of the model list
 * @param maxTokensThinking the upper end of {@code max_tokens} while thinking
 * @param maxTokens         the same while not thinking
 */
public record ModelCatalog(int maxTokensThinking, int maxTokens, List<ServedModel> models) {

    private static final int OF_V4 = 393_216;

    public static ModelCatalog of(Generation generation) {
        return switch (generation) {
            case CHAT_V3 -> catalog(8 << 10, 8 << 10, ServedModel.of("deepseek-chat", Thinking.NEVER));
            case R1 ->
                catalog(
                        8 << 10,
                        8 << 10,
                        ServedModel.of("deepseek-reasoner", Thinking.ALWAYS),
                        ServedModel.of("deepseek-chat", Thinking.NEVER));
            case R1_0528, V3_1 ->
                catalog(
                        64 << 10,
                        8 << 10,
                        ServedModel.of("deepseek-reasoner", Thinking.ALWAYS),
                        ServedModel.of("deepseek-chat", Thinking.NEVER));
            case V3_2 ->
                catalog(
                        64 << 10,
                        8 << 10,
                        ServedModel.of("deepseek-reasoner", Thinking.ALWAYS),
                        ServedModel.of("deepseek-chat", Thinking.OFF));
            case V4, V4_0731 ->
                catalog(
                        OF_V4,
                        OF_V4,
                        ServedModel.of("deepseek-v4-flash", Thinking.ON),
                        ServedModel.of("deepseek-v4-pro", Thinking.ON),
                        ServedModel.of("deepseek-reasoner", Thinking.ALWAYS).servedAs("deepseek-v4-flash"),
                        ServedModel.of("deepseek-chat", Thinking.OFF).servedAs("deepseek-v4-flash"));
            case V4_1 ->
                catalog(
                        OF_V4,
                        OF_V4,
                        ServedModel.of("deepseek-flash", Thinking.ON).seeingImages(),
                        ServedModel.of("deepseek-v4-pro", Thinking.ON),
                        ServedModel.of("deepseek-v4-flash", Thinking.ON)
                                .servedAs("deepseek-flash")
                                .seeingImages(),
                        ServedModel.of("deepseek-reasoner", Thinking.ALWAYS).servedAs("deepseek-flash"),
                        ServedModel.of("deepseek-chat", Thinking.OFF).servedAs("deepseek-flash"));
        };
    }

    private static ModelCatalog catalog(int maxTokensThinking, int maxTokens, ServedModel... models) {
        return new ModelCatalog(maxTokensThinking, maxTokens, List.of(models));
    }

    /** {@code null} if it is not served. */
    public @Nullable ServedModel find(String id) {
        return models.stream()
                .filter(model -> model.name().equals(id))
                .findFirst()
                .orElse(null);
    }

    public int maxTokens(boolean thinking) {
        return thinking ? maxTokensThinking : maxTokens;
    }
}
