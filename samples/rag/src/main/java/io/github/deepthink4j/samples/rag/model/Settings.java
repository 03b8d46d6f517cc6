package io.github.deepthink4j.samples.rag.model;

import io.github.deepthink4j.profile.ModelProfile;
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

    public static Settings from(Map<String, String> environment) {
        String modelName = environment.getOrDefault("DEEPSEEK_MODEL", MODEL);
        return new Settings(
                environment.getOrDefault("DEEPSEEK_API_KEY", ""),
                environment.getOrDefault("DEEPSEEK_BASE_URL", ""),
                modelName,
                environment.getOrDefault("DEEPSEEK_CHEAP_MODEL", cheapFor(modelName)));
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
}
