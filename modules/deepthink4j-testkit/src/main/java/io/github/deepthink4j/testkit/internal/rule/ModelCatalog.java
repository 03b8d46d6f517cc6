package io.github.deepthink4j.testkit.internal.rule;

import static io.github.deepthink4j.testkit.internal.rule.ServedModel.alias;
import static io.github.deepthink4j.testkit.internal.rule.ServedModel.listed;

import io.github.deepthink4j.testkit.internal.rule.ServedModel.Thinking;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which models a generation serves, and how long their answers may be (docs/protocol.md, sections 1.2 and 2.2).
 *
 * @param maxTokensThinking the upper end of {@code max_tokens} while thinking
 * @param maxTokens         the same while not thinking
 * @param context           the most tokens of a prompt and its completion together
 * @param models            in the order of the model list
 */
public record ModelCatalog(int maxTokensThinking, int maxTokens, int context, List<ServedModel> models) {

    private static final String VISION = "deepseek-v4-flash-vision-exp";
    private static final int OUTPUT_OF_V4 = 393_216;

    // The context as the server's own words give it: docs/protocol.md, sections 3 and 12.
    private static final int OF_V3 = 65_536;
    private static final int OF_V3_1 = 131_072;
    private static final int OF_V4 = 1_048_565;

    public static ModelCatalog of(Generation generation) {
        return switch (generation) {
            case CHAT_V3 -> catalog(8 << 10, 8 << 10, OF_V3, listed("deepseek-chat", Thinking.NEVER));
            case R1 ->
                catalog(
                        8 << 10,
                        8 << 10,
                        OF_V3,
                        listed("deepseek-chat", Thinking.NEVER),
                        listed("deepseek-reasoner", Thinking.ALWAYS));
            case R1_0528 ->
                catalog(
                        64 << 10,
                        8 << 10,
                        OF_V3,
                        listed("deepseek-chat", Thinking.NEVER),
                        listed("deepseek-reasoner", Thinking.ALWAYS));
            case V3_1 ->
                catalog(
                        64 << 10,
                        8 << 10,
                        OF_V3_1,
                        listed("deepseek-chat", Thinking.NEVER),
                        listed("deepseek-reasoner", Thinking.ALWAYS));
            case V3_2 ->
                catalog(
                        64 << 10,
                        8 << 10,
                        OF_V3_1,
                        listed("deepseek-chat", Thinking.OFF),
                        listed("deepseek-reasoner", Thinking.ALWAYS));
            case V4 ->
                catalog(
                        OUTPUT_OF_V4,
                        OUTPUT_OF_V4,
                        OF_V4,
                        listed("deepseek-v4-flash", Thinking.ON),
                        listed("deepseek-v4-pro", Thinking.ON),
                        alias("deepseek-reasoner", Thinking.ALWAYS, "deepseek-v4-flash"),
                        alias("deepseek-chat", Thinking.OFF, "deepseek-v4-flash"));
            case V4_0731 ->
                catalog(
                        OUTPUT_OF_V4,
                        OUTPUT_OF_V4,
                        OF_V4,
                        listed("deepseek-v4-flash", Thinking.ON),
                        listed("deepseek-v4-pro", Thinking.ON).takingImages(),
                        alias(VISION, Thinking.ON, VISION).seeingImages(),
                        alias("deepseek-reasoner", Thinking.ALWAYS, "deepseek-v4-flash"),
                        alias("deepseek-chat", Thinking.OFF, "deepseek-v4-flash"));
            case V4_1 ->
                catalog(
                        OUTPUT_OF_V4,
                        OUTPUT_OF_V4,
                        OF_V4,
                        listed("deepseek-flash", Thinking.ON).seeingImages(),
                        listed("deepseek-v4-pro", Thinking.ON).takingImages(),
                        alias("deepseek-v4-flash", Thinking.ON, "deepseek-flash")
                                .seeingImages(),
                        alias(VISION, Thinking.ON, "deepseek-flash").seeingImages(),
                        alias("deepseek-reasoner", Thinking.ALWAYS, "deepseek-flash"),
                        alias("deepseek-chat", Thinking.OFF, "deepseek-flash"));
        };
    }

    private static ModelCatalog catalog(int maxTokensThinking, int maxTokens, int context, ServedModel... models) {
        return new ModelCatalog(maxTokensThinking, maxTokens, context, List.of(models));
    }

    /** Those that {@code GET /models} lists; the others are names that are served as well. */
    public List<ServedModel> modelList() {
        return models.stream().filter(ServedModel::listed).toList();
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
