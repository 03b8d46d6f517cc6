package io.github.deepthink4j.samples.chat;

import io.github.deepthink4j.samples.chat.screen.Words;
import java.util.Map;

/** Where to find which model, from the environment. */
record Settings(String apiKey, String baseUrl, String modelName, boolean simulated) {

    private static final String DEEPSEEK = "https://api.deepseek.com";
    private static final String MODEL = "deepseek-flash";

    /** @throws IllegalArgumentException if they do not go together, in words that say what to do */
    static Settings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Settings settings = new Settings(
                environment.key("DEEPSEEK_API_KEY"),
                environment.url("DEEPSEEK_BASE_URL"),
                environment.model("DEEPSEEK_MODEL", MODEL),
                false);
        if (settings.isOffline() && environment.isSet("DEEPSEEK_MODEL")) {
            throw Environment.wrong(
                    "DEEPSEEK_MODEL",
                    "is set, DEEPSEEK_API_KEY and DEEPSEEK_BASE_URL are not: it is not known who has that model. Set"
                            + " DEEPSEEK_API_KEY for DeepSeek's, or DEEPSEEK_BASE_URL for a server of your own; with"
                            + " none of the three a simulator answers",
                    "已设置，而 DEEPSEEK_API_KEY 和 DEEPSEEK_BASE_URL 没有设置：不知道谁有这个模型。用 DeepSeek 的模型请设置"
                            + " DEEPSEEK_API_KEY，用自己的服务器请设置 DEEPSEEK_BASE_URL；三个都不设置时由模拟器回答");
        }
        return settings;
    }

    Settings {
        baseUrl = baseUrl.isBlank() && !apiKey.isBlank() ? DEEPSEEK : baseUrl;
    }

    boolean isOffline() {
        return apiKey.isBlank() && baseUrl.isBlank();
    }

    /** The same model at a simulator, which takes any key. */
    Settings simulatedAt(String otherBaseUrl) {
        return new Settings("any", otherBaseUrl, modelName, true);
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
