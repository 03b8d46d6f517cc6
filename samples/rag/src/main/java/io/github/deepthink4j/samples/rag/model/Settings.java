package io.github.deepthink4j.samples.rag.model;

import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.List;
import java.util.Map;

/**
 * Where to find which models, from the environment.
 *
 * @param modelName      thinks the passages over
 * @param cheapModelName rewrites questions, without thinking
 */
public record Settings(String apiKey, String baseUrl, String modelName, String cheapModelName) {

    private static final String DEEPSEEK = "https://api.deepseek.com";
    private static final String MODEL = "deepseek-flash";
    private static final String CHAT = "deepseek-chat";

    /** @throws IllegalArgumentException if they do not go together, in words that say what to do */
    public static Settings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        String modelName = environment.model("DEEPSEEK_MODEL", MODEL);
        Settings settings = new Settings(
                environment.key("DEEPSEEK_API_KEY"),
                environment.url("DEEPSEEK_BASE_URL"),
                modelName,
                environment.model("DEEPSEEK_CHEAP_MODEL", cheapFor(modelName)));
        for (String model : List.of("DEEPSEEK_MODEL", "DEEPSEEK_CHEAP_MODEL")) {
            if (settings.isOffline() && environment.isSet(model)) {
                throw Environment.wrong(
                        model,
                        "is set, DEEPSEEK_API_KEY and DEEPSEEK_BASE_URL are not: it is not known who has that model."
                                + " Set DEEPSEEK_API_KEY for DeepSeek's, or DEEPSEEK_BASE_URL for a server of your"
                                + " own; with none of these a simulator answers",
                        "已设置，而 DEEPSEEK_API_KEY 和 DEEPSEEK_BASE_URL 没有设置：不知道谁有这个模型。用 DeepSeek 的模型请设置"
                                + " DEEPSEEK_API_KEY，用自己的服务器请设置 DEEPSEEK_BASE_URL；都不设置时由模拟器回答");
            }
        }
        return settings;
    }

    public Settings {
        baseUrl = baseUrl.isBlank() && !apiKey.isBlank() ? DEEPSEEK : baseUrl;
    }

    /** The same model with its thinking off, where that can be; the old reasoner had a chat model beside it. */
    private static String cheapFor(String modelName) {
        return ModelProfile.forModel(modelName).canTurnThinkingOff() ? modelName : CHAT;
    }

    public boolean isOffline() {
        return apiKey.isBlank() && baseUrl.isBlank();
    }

    /** The same models at a server that takes any key. */
    public Settings at(String otherBaseUrl) {
        return new Settings("any", otherBaseUrl, modelName, cheapModelName);
    }

    /** Who is talked to, and what was not said of it; without the key. */
    @Override
    public String toString() {
        String where = Environment.shown(baseUrl);
        return Words.of("Talking to " + modelName + " at " + where + ".", "正在与 " + where + " 上的 " + modelName + " 对话。")
                + (apiKey.isBlank()
                        ? Words.of(
                                " DEEPSEEK_API_KEY is not set, so no key is sent.", "没有设置 DEEPSEEK_API_KEY，所以不发送 key。")
                        : "")
                + (!baseUrl.equals(DEEPSEEK) && modelName.equals(MODEL)
                        ? Words.of(
                                " If its model is called otherwise, set DEEPSEEK_MODEL.",
                                "如果模型叫别的名称，请设置 DEEPSEEK_MODEL。")
                        : "");
    }
}
