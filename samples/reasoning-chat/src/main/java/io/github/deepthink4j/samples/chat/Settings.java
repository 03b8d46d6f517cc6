package io.github.deepthink4j.samples.chat;

import java.util.Map;

/** Where to find which model, from the environment. */
record Settings(String apiKey, String baseUrl, String modelName) {

    private static final String DEEPSEEK = "https://api.deepseek.com";
    private static final String MODEL = "deepseek-flash";

    static Settings from(Map<String, String> environment) {
        return new Settings(
                environment.getOrDefault("DEEPSEEK_API_KEY", ""),
                environment.getOrDefault("DEEPSEEK_BASE_URL", ""),
                environment.getOrDefault("DEEPSEEK_MODEL", MODEL));
    }

    Settings {
        baseUrl = baseUrl.isBlank() && !apiKey.isBlank() ? DEEPSEEK : baseUrl;
    }

    boolean isOffline() {
        return apiKey.isBlank() && baseUrl.isBlank();
    }

    /** The same model at a server that takes any key. */
    Settings at(String otherBaseUrl) {
        return new Settings("any", otherBaseUrl, modelName);
    }
}
