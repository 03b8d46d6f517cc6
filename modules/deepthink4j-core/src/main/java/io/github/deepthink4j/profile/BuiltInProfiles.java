package io.github.deepthink4j.profile;

import static io.github.deepthink4j.profile.Feature.FILES;
import static io.github.deepthink4j.profile.Feature.FIM;
import static io.github.deepthink4j.profile.Feature.IMAGES;
import static io.github.deepthink4j.profile.Feature.JSON_MODE;
import static io.github.deepthink4j.profile.Feature.PREFIX;
import static io.github.deepthink4j.profile.Feature.SERVER_TOOLS;
import static io.github.deepthink4j.profile.Feature.STRICT_TOOLS;
import static io.github.deepthink4j.profile.Feature.TOOLS;
import static io.github.deepthink4j.profile.RequestParameter.FORCED_TOOL_CHOICE;
import static io.github.deepthink4j.profile.RequestParameter.FREQUENCY_PENALTY;
import static io.github.deepthink4j.profile.RequestParameter.LOGPROBS;
import static io.github.deepthink4j.profile.RequestParameter.PRESENCE_PENALTY;
import static io.github.deepthink4j.profile.RequestParameter.TEMPERATURE;
import static io.github.deepthink4j.profile.RequestParameter.TOP_K;
import static io.github.deepthink4j.profile.RequestParameter.TOP_P;

import java.util.Set;

/** The generations, as docs/protocol.md, sections 1.2 to 1.5 and 11, has them; each is told by how it differs. */
final class BuiltInProfiles {

    private static final int K = 1024;
    private static final int V4_MAX_OUTPUT = 393_216;

    private static final Set<RequestParameter> SAMPLING =
            Set.of(TEMPERATURE, TOP_P, FREQUENCY_PENALTY, PRESENCE_PENALTY);
    private static final Set<RequestParameter> PENALTIES = Set.of(FREQUENCY_PENALTY, PRESENCE_PENALTY);

    private static final ModeRules NEVER_HAPPENS =
            ModeRules.custom().refused(Set.of(TOP_K)).build();

    private static final Set<Feature> ALL_BUT_IMAGES = Set.of(TOOLS, JSON_MODE, PREFIX, STRICT_TOOLS);

    private BuiltInProfiles() {}

    static ModelProfile r1() {
        return ModelProfile.custom()
                .name("DeepSeek R1")
                .thinkingDefault(ThinkingDefault.ALWAYS)
                .whileThinking(ModeRules.custom()
                        .features(Set.of(PREFIX))
                        .ignored(SAMPLING)
                        .refused(Set.of(LOGPROBS, FORCED_TOOL_CHOICE, TOP_K))
                        .maxOutputTokens(8 * K)
                        .thinkingInMaxTokens(false)
                        // docs/protocol.md, section 1.2
                        .mostThoughtTokens(32 * K)
                        .build())
                .whileNotThinking(NEVER_HAPPENS)
                .history(HistoryRules.custom()
                        .mergeSameRole(true)
                        .userFirst(true)
                        .build())
                .contextWindow(64 * K)
                .build();
    }

    static ModelProfile r1With0528() {
        ModelProfile r1 = r1();
        return ModelProfile.from(r1)
                .name("DeepSeek R1-0528")
                .whileThinking(ModeRules.from(r1.whileThinking())
                        .allow(JSON_MODE)
                        .maxOutputTokens(64 * K)
                        .thinkingInMaxTokens(true)
                        .build())
                .build();
    }

    static ModelProfile v31() {
        return ModelProfile.from(r1With0528())
                .name("DeepSeek V3.1")
                .contextWindow(128 * K)
                .build();
    }

    static ModelProfile v32() {
        ModelProfile v31 = v31();
        return ModelProfile.from(v31)
                .name("DeepSeek V3.2")
                .whileThinking(ModeRules.from(v31.whileThinking())
                        .features(ALL_BUT_IMAGES)
                        .build())
                .history(HistoryRules.custom()
                        .reasoningReplay(ReasoningReplay.WITHIN_TURN)
                        .build())
                .build();
    }

    static ModelProfile v32Chat() {
        return ModelProfile.from(v32())
                .name("DeepSeek V3.2 chat")
                .thinkingDefault(ThinkingDefault.OFF)
                .thinkingSwitch(ThinkingSwitch.THINKING_TYPE)
                .whileNotThinking(chat().whileNotThinking())
                .build();
    }

    /** V3.2 for long thoughts: it always thinks, and was served without tools. */
    static ModelProfile v32Speciale() {
        return ModelProfile.from(v32())
                .name("DeepSeek V3.2-Speciale")
                .forbid(TOOLS)
                .forbid(STRICT_TOOLS)
                .build();
    }

    static ModelProfile v4Preview() {
        ModeRules notThinking = ModeRules.custom()
                .features(ALL_BUT_IMAGES)
                .allow(FIM)
                .refused(Set.of(TOP_K))
                .maxOutputTokens(V4_MAX_OUTPUT)
                .build();
        return ModelProfile.from(v32Chat())
                .name("DeepSeek V4 preview")
                .thinkingDefault(ThinkingDefault.ON)
                .efforts(Efforts.V4_PREVIEW)
                .whileThinking(ModeRules.from(notThinking)
                        .forbid(FIM)
                        .ignored(SAMPLING)
                        .refused(Set.of(FORCED_TOOL_CHOICE, TOP_K))
                        .build())
                .whileNotThinking(notThinking)
                .reasoningReplay(ReasoningReplay.TOOL_TURNS)
                .contextWindow(1024 * K)
                .build();
    }

    static ModelProfile v4Flash() {
        return ModelProfile.from(v4Preview())
                .name("DeepSeek V4-Flash")
                .efforts(Efforts.V4_FLASH)
                .reasoningReplay(ReasoningReplay.WITH_TOOLS)
                .build();
    }

    /** What {@code deepseek-v4-flash-vision-exp} was until V4.1 saw images. */
    static ModelProfile v4FlashVision() {
        return ModelProfile.from(v4Flash())
                .name("DeepSeek V4-Flash vision")
                .allow(IMAGES)
                .allow(FILES)
                .build();
    }

    static ModelProfile v4Pro() {
        ModelProfile flash = v4Flash();
        return ModelProfile.from(flash)
                .name("DeepSeek V4-Pro")
                .efforts(Efforts.V4_PRO)
                .whileNotThinking(ModeRules.from(flash.whileNotThinking())
                        .ignored(PENALTIES)
                        .build())
                .build();
    }

    static ModelProfile v41() {
        ModelProfile flash = v4Flash();
        return ModelProfile.from(flash)
                .name("DeepSeek V4.1-Flash")
                .efforts(Efforts.V4_1)
                .whileThinking(ModeRules.from(flash.whileThinking())
                        .ignored(Set.of(TEMPERATURE, FREQUENCY_PENALTY, PRESENCE_PENALTY))
                        .build())
                .whileNotThinking(ModeRules.from(flash.whileNotThinking())
                        .ignored(Set.of(TOP_P, FREQUENCY_PENALTY, PRESENCE_PENALTY))
                        .build())
                .allow(IMAGES)
                .allow(FILES)
                .allow(SERVER_TOOLS)
                .build();
    }

    static ModelProfile chat() {
        return ModelProfile.custom()
                .name("DeepSeek chat")
                .whileThinking(NEVER_HAPPENS)
                .whileNotThinking(ModeRules.custom()
                        .features(ALL_BUT_IMAGES)
                        .allow(FIM)
                        .refused(Set.of(TOP_K))
                        .maxOutputTokens(8 * K)
                        .build())
                .contextWindow(128 * K)
                .build();
    }

    /** DeepSeek-OCR, DeepSeek-VL and Janus, whose weights others serve: pictures, and no thought. */
    static ModelProfile seeing() {
        return ModelProfile.from(chat())
                .name("DeepSeek vision")
                .allow(IMAGES)
                .contextWindow(null)
                .build();
    }

    /** The weights are those of one model, and elsewhere a request says whether it is to think. */
    static ModelProfile v31Weights() {
        return ModelProfile.from(v31())
                .name("DeepSeek V3.1 weights")
                .thinkingDefault(ThinkingDefault.OFF)
                .thinkingSwitch(ThinkingSwitch.CHAT_TEMPLATE)
                .whileNotThinking(chat().whileNotThinking())
                .history(HistoryRules.custom().build())
                .build()
                .on(ReasoningDialect.OTHER_HOST);
    }

    static ModelProfile r1Weights() {
        ModelProfile r1 = r1();
        return ModelProfile.from(r1)
                .name("DeepSeek R1 weights")
                .whileThinking(ModeRules.custom().build())
                .history(HistoryRules.from(r1.history()).foldSystemMessage(true).build())
                .contextWindow(null)
                .build()
                .on(ReasoningDialect.OTHER_HOST);
    }

    /** What api.deepseek.com refuses, ignores and limits is the API's way with a request, and not the model's. */
    static ModeRules elsewhere(ModeRules onDeepSeek) {
        return ModeRules.from(onDeepSeek)
                .ignored(Set.of())
                .refused(Set.of())
                .maxOutputTokens(null)
                .mostThoughtTokens(null)
                .forbid(SERVER_TOOLS)
                .forbid(FILES)
                .build();
    }
}
