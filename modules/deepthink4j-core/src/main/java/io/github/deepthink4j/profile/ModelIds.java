package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * From a model id to its profile: DeepSeek's own ids to the letter, as api.deepseek.com serves them by now (docs/protocol.md,
 * section 1.1), and those of other hosts by the part that names the weights, such as {@code deepseek-ai/DeepSeek-V3.2} or
 * {@code deepseek-r1:8b}; other makers' reasoners among them.
 */
final class ModelIds {

    /** A pattern that finds the weights in an id that has been {@link #plain written plainly}. */
    private record Weights(Pattern pattern, Supplier<ModelProfile> profile) {

        static Weights of(String regex, Supplier<ModelProfile> profile) {
            return new Weights(Pattern.compile(regex), profile);
        }
    }

    /** Of DeepSeek, the more particular first. A date or a size behind the version, as in {@code v3-250324}, is no part of it. */
    private static final List<Weights> WEIGHTS = List.of(
            Weights.of("deepseek.*r1(?!\\d)|^r1-1776|(^|-)ds-r1", () -> ModelProfile.R1_WEIGHTS),
            Weights.of("deepseek.*(v4\\.1|v4.*-1017)|^deepseek-flash", () -> elsewhere(ModelProfile.V4_1)),
            Weights.of("deepseek.*v4.*preview", () -> elsewhere(ModelProfile.V4_PREVIEW)),
            Weights.of("deepseek.*v4.*pro", () -> elsewhere(ModelProfile.V4_PRO)),
            Weights.of("deepseek.*v4.*vision", () -> elsewhere(BuiltInProfiles.v4FlashVision())),
            Weights.of("deepseek.*v4", () -> elsewhere(ModelProfile.V4_FLASH)),
            Weights.of("deepseek.*v3\\.(1|2-?exp).*think", () -> elsewhere(ModelProfile.V3_1)),
            Weights.of("deepseek.*v3\\.2-?exp", () -> ModelProfile.V3_1_WEIGHTS),
            Weights.of("deepseek.*v3\\.2.*speciale", () -> elsewhere(BuiltInProfiles.v32Speciale())),
            Weights.of("deepseek.*v3\\.2.*think", () -> elsewhere(ModelProfile.V3_2)),
            Weights.of("deepseek.*v3\\.2", () -> elsewhere(ModelProfile.V3_2_CHAT)),
            // Bedrock's v3-v1:0 is V3.1; its ids have a dot behind the maker.
            Weights.of("deepseek.*v3\\.1|deepseek\\.v3-v1", () -> ModelProfile.V3_1_WEIGHTS),
            Weights.of("deepseek.*reasoner", () -> elsewhere(ModelProfile.R1)),
            // Models that see, and never think.
            Weights.of("deepseek.*(ocr|-vl\\d*(?![a-z0-9]))|^janus(-|$)", () -> elsewhere(BuiltInProfiles.seeing())),
            Weights.of("deepseek.*(v3|v2|chat|coder|llm|math|moe|prover)", () -> elsewhere(ModelProfile.CHAT)),
            // Other makers'.
            Weights.of("qwen-?3.*think|(^|[-.])qwq", () -> OtherReasoners.QWEN3_THINKING),
            Weights.of(
                    "qwen-?3.*(instruct|coder|-2507)",
                    () -> OtherReasoners.withoutThinking(OtherReasoners.QWEN3, "Qwen3 Instruct")),
            Weights.of("qwen-?3", () -> OtherReasoners.QWEN3),
            Weights.of("kimi-k2.*think", () -> OtherReasoners.KIMI_K2_THINKING),
            Weights.of("kimi-k(2\\.[5-9]|[3-9])", () -> OtherReasoners.KIMI_K2_5),
            Weights.of("kimi-k2", () -> OtherReasoners.withoutThinking(OtherReasoners.KIMI_K2_THINKING, "Kimi K2")),
            Weights.of("glm-?(4\\.[5-9]|[5-9])", () -> OtherReasoners.GLM_4_6),
            Weights.of("minimax-m2", () -> OtherReasoners.MINIMAX_M2),
            Weights.of("gpt-oss", () -> OtherReasoners.GPT_OSS));

    /** Other makers' siblings that see: {@code Qwen3-VL} and {@code -Omni}, {@code GLM-4.6V}, and Qwen from 3.5 on. */
    private static final Pattern SEES =
            Pattern.compile("-(vl|omni|vision)(?![a-z])|glm-?\\d(\\.\\d)?v(?![a-z])|qwen-?3\\.[5-9]");

    /** How hosts spell a point: {@code v3p1} at Fireworks, {@code v3-1-250821} at Volcengine; but {@code v3-1226} is a day. */
    private static final Pattern VERSION = Pattern.compile("(?:(v\\d)-|(\\d)p)(\\d)(?![0-9a-uw-z])");

    private static final Pattern OTHERS = Pattern.compile("^(?!.*deepseek).*(qwen-?3|glm-?\\d)");

    private ModelIds() {}

    /** On api.deepseek.com, where an id that is none of its own is the name of weights. */
    static ModelProfile profileFor(String modelName) {
        return switch (requireNonNull(modelName, "modelName").trim().toLowerCase(Locale.ROOT)) {
            case "deepseek-reasoner" -> ModelProfile.R1;
            case "deepseek-chat" -> ModelProfile.CHAT;
            case "deepseek-v4-pro" -> ModelProfile.V4_PRO;
            // Since 2026-09-10 one model answers to all of these.
            case "deepseek-flash", "deepseek-v4-flash", "deepseek-v4-flash-vision-exp" -> ModelProfile.V4_1;
            default -> byWeights(modelName).orElse(ModelProfile.V4_1);
        };
    }

    /** Elsewhere each id names weights. */
    static ModelProfile profileFor(String modelName, ReasoningDialect host) {
        ModelProfile profile = host.deepSeekApi()
                ? profileFor(modelName)
                : byWeights(requireNonNull(modelName, "modelName")).orElse(ModelProfile.V4_1);
        // What is nowhere in particular is there already, as its weights want it.
        boolean isThere =
                host.equals(ReasoningDialect.OTHER_HOST) && !profile.dialect().deepSeekApi();
        return isThere ? profile : profile.on(host);
    }

    private static Optional<ModelProfile> byWeights(String modelName) {
        String id = plain(modelName);
        return WEIGHTS.stream()
                .filter(weights -> weights.pattern().matcher(id).find())
                .findFirst()
                .map(weights -> weights.profile().get())
                .map(profile -> OTHERS.matcher(id).find() && SEES.matcher(id).find()
                        ? OtherReasoners.seeing(profile)
                        : profile);
    }

    /** Lower case, without what stands before the last slash, and with its version written with a point. */
    private static String plain(String modelName) {
        String id = modelName.trim().toLowerCase(Locale.ROOT).replace('_', '-');
        // Fireworks: which deployment of the model is to answer.
        int deployment = id.indexOf('#');
        String model = deployment < 0 ? id : id.substring(0, deployment);
        while (model.endsWith("/")) {
            model = model.substring(0, model.length() - 1);
        }
        return VERSION.matcher(model.substring(model.lastIndexOf('/') + 1)).replaceAll("$1$2.$3");
    }

    private static ModelProfile elsewhere(ModelProfile profile) {
        return profile.on(ReasoningDialect.OTHER_HOST);
    }
}
