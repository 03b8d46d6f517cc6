package io.github.deepthink4j.samples.agent;

import java.util.Map;

/** Which two models, and which database, from the environment. */
record Settings(Model reasoner, Model toolCaller, boolean planning, String database) {

    /** A model somewhere; everything of it but the key may be shown. */
    record Model(String apiKey, String baseUrl, String name) {

        @Override
        public String toString() {
            return name + " at " + baseUrl;
        }
    }

    private static final String DEEPSEEK = "https://api.deepseek.com";

    static Settings from(Map<String, String> environment) {
        return new Settings(
                model(environment, "REASONER", "deepseek-v4-pro"),
                model(environment, "TOOLS", "deepseek-flash"),
                !"route".equalsIgnoreCase(environment.get("AGENT_STRATEGY")),
                environment.getOrDefault("AGENT_DATABASE", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1"));
    }

    /** What is not said of one model is said of both: {@code REASONER_BASE_URL}, or else {@code DEEPSEEK_BASE_URL}. */
    private static Model model(Map<String, String> environment, String role, String defaultName) {
        String key = either(environment, role + "_API_KEY", "DEEPSEEK_API_KEY");
        String url = either(environment, role + "_BASE_URL", "DEEPSEEK_BASE_URL");
        return new Model(
                key,
                url.isBlank() && !key.isBlank() ? DEEPSEEK : url,
                environment.getOrDefault(role + "_MODEL", defaultName));
    }

    private static String either(Map<String, String> environment, String own, String common) {
        return environment.getOrDefault(own, environment.getOrDefault(common, ""));
    }

    boolean isOffline() {
        return reasoner.baseUrl().isBlank() || toolCaller.baseUrl().isBlank();
    }

    /** R1, which has no function calls, and chat, at a server that takes any key. */
    Settings simulatedAt(String baseUrl) {
        return new Settings(
                new Model("any", baseUrl, "deepseek-reasoner"),
                new Model("any", baseUrl, "deepseek-chat"),
                planning,
                database);
    }
}
