package io.github.deepthink4j.samples.rag.model;

import io.github.deepthink4j.profile.ModelProfile;
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
        String modelName = environment.get("DEEPSEEK_MODEL", MODEL);
        Settings settings = new Settings(
                environment.get("DEEPSEEK_API_KEY"),
                environment.url("DEEPSEEK_BASE_URL"),
                modelName,
                environment.get("DEEPSEEK_CHEAP_MODEL", cheapFor(modelName)));
        for (String model : List.of("DEEPSEEK_MODEL", "DEEPSEEK_CHEAP_MODEL")) {
            if (settings.isOffline() && environment.isSet(model)) {
                throw new IllegalArgumentException(
                        model + " is set, DEEPSEEK_API_KEY and DEEPSEEK_BASE_URL are not: it is not known who has that"
                                + " model. Set DEEPSEEK_API_KEY for DeepSeek's, or DEEPSEEK_BASE_URL for a server of"
                                + " your own; with none of these a simulator answers.");
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
        return "Talking to " + modelName + " at " + Environment.shown(baseUrl) + "."
                + (apiKey.isBlank() ? " DEEPSEEK_API_KEY is not set, so no key is sent." : "")
                + (!baseUrl.equals(DEEPSEEK) && modelName.equals(MODEL)
                        ? " If its model is called otherwise, set DEEPSEEK_MODEL."
                        : "");
    }
}
