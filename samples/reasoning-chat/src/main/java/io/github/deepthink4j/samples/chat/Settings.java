package io.github.deepthink4j.samples.chat;

import java.util.Map;

/** Where to find which model, from the environment. */
record Settings(String apiKey, String baseUrl, String modelName) {

    private static final String DEEPSEEK = "https://api.deepseek.com";
    private static final String MODEL = "deepseek-flash";

    /** @throws IllegalArgumentException if they do not go together, in words that say what to do */
    static Settings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Settings settings = new Settings(
                environment.get("DEEPSEEK_API_KEY"),
                environment.url("DEEPSEEK_BASE_URL"),
                environment.get("DEEPSEEK_MODEL", MODEL));
        if (settings.isOffline() && environment.isSet("DEEPSEEK_MODEL")) {
            throw new IllegalArgumentException(
                    "DEEPSEEK_MODEL is set, DEEPSEEK_API_KEY and DEEPSEEK_BASE_URL are not: it is not known who has"
                            + " that model. Set DEEPSEEK_API_KEY for DeepSeek's, or DEEPSEEK_BASE_URL for a server of your"
                            + " own; with none of the three a simulator answers.");
        }
        return settings;
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
