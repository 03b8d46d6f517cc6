package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * From a model id to its profile: DeepSeek's own ids to the letter (docs/protocol.md, section 1.1), those of other
 * hosts by the part that names the weights, such as {@code deepseek-ai/DeepSeek-V3.2} or {@code deepseek-r1:8b}.
 */
final class ModelIds {

    /** A pattern that finds the generation in an id, lower case and without what stands before the last slash. */
    private record Weights(Pattern pattern, Supplier<ModelProfile> profile) {

        static Weights of(String regex, Supplier<ModelProfile> profile) {
            return new Weights(Pattern.compile(regex), profile);
        }
    }

    /** The more particular first; {@code v3-2} is how Volcengine spells V3.2. */
    private static final List<Weights> WEIGHTS = List.of(
            Weights.of("deepseek.*r1", () -> ModelProfile.R1_WEIGHTS),
            Weights.of("deepseek.*v4[.-]1", () -> elsewhere(ModelProfile.V4_1)),
            Weights.of("deepseek.*v4.*pro", () -> elsewhere(ModelProfile.V4_PRO)),
            Weights.of("deepseek.*v4", () -> elsewhere(ModelProfile.V4_FLASH)),
            Weights.of("deepseek.*v3[.-]2-?exp", () -> ModelProfile.V3_1_WEIGHTS),
            Weights.of("deepseek.*v3[.-]2", () -> elsewhere(ModelProfile.V3_2_CHAT)),
            Weights.of("deepseek.*v3[.-]1", () -> ModelProfile.V3_1_WEIGHTS),
            Weights.of("deepseek.*(v3|v2|chat|coder)", () -> elsewhere(ModelProfile.CHAT)));

    private ModelIds() {}

    static ModelProfile profileFor(String modelName) {
        String id = requireNonNull(modelName, "modelName").trim().toLowerCase(Locale.ROOT);
        return switch (id) {
            case "deepseek-reasoner" -> ModelProfile.R1;
            case "deepseek-chat" -> ModelProfile.CHAT;
            case "deepseek-v4-flash" -> ModelProfile.V4_FLASH;
            case "deepseek-v4-flash-vision-exp" ->
                ModelProfile.from(ModelProfile.V4_FLASH)
                        .name("DeepSeek V4-Flash vision")
                        .allow(Feature.IMAGES)
                        .build();
            case "deepseek-v4-pro" -> ModelProfile.V4_PRO;
            case "deepseek-flash" -> ModelProfile.V4_1;
            default -> byWeights(id.substring(id.lastIndexOf('/') + 1));
        };
    }

    private static ModelProfile byWeights(String id) {
        return WEIGHTS.stream()
                .filter(weights -> weights.pattern().matcher(id).find())
                .findFirst()
                .map(weights -> weights.profile().get())
                .orElse(ModelProfile.V4_1);
    }

    private static ModelProfile elsewhere(ModelProfile profile) {
        return profile.on(ReasoningDialect.OTHER_HOST);
    }
}
