package io.github.deepthink4j.samples.agent;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Which two models, and which database, from the environment. */
record Settings(Model reasoner, Model toolCaller, boolean planning, String database) {

    /** A model somewhere; everything of it but the key may be shown. */
    record Model(String apiKey, String baseUrl, String name) {

        boolean isSomewhere() {
            return !baseUrl.isBlank();
        }

        @Override
        public String toString() {
            return name + " at " + Environment.shown(baseUrl) + (apiKey.isBlank() ? ", without a key" : "");
        }
    }

    private static final String DEEPSEEK = "https://api.deepseek.com";
    private static final String REASONER = "REASONER";
    private static final String TOOLS = "TOOLS";
    private static final String BOTH = "DEEPSEEK";

    /** @throws IllegalArgumentException if they do not go together, in words that say what to do */
    static Settings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Settings settings = new Settings(
                model(environment, REASONER, "deepseek-v4-pro"),
                model(environment, TOOLS, "deepseek-flash"),
                planning(environment),
                environment.get("AGENT_DATABASE", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1"));
        settings.checkThatNeitherIsMissing(environment);
        return settings;
    }

    /** What is not said of one model is said of both: {@code REASONER_BASE_URL}, or else {@code DEEPSEEK_BASE_URL}. */
    private static Model model(Environment environment, String role, String defaultName) {
        // A key that is set and empty is none on purpose: DeepSeek's is not for every server.
        String key = environment.variables().containsKey(role + "_API_KEY")
                ? environment.get(role + "_API_KEY")
                : environment.get(BOTH + "_API_KEY");
        String common = environment.url(BOTH + "_BASE_URL");
        String url = environment.isSet(role + "_BASE_URL") ? environment.url(role + "_BASE_URL") : common;
        return new Model(
                key,
                url.isBlank() && !key.isBlank() ? DEEPSEEK : url,
                environment.get(role + "_MODEL", environment.get(BOTH + "_MODEL", defaultName)));
    }

    private static boolean planning(Environment environment) {
        String strategy = environment.get("AGENT_STRATEGY", "plan").toLowerCase(Locale.ROOT);
        if (!List.of("plan", "route").contains(strategy)) {
            throw new IllegalArgumentException("AGENT_STRATEGY is " + strategy + ". It can be plan or route.");
        }
        return strategy.equals("plan");
    }

    /** The simulator plays both or none: half of what was set would be ignored. */
    private void checkThatNeitherIsMissing(Environment environment) {
        List<String> set = Stream.of(REASONER, TOOLS, BOTH)
                .flatMap(role -> Stream.of(role + "_BASE_URL", role + "_API_KEY", role + "_MODEL"))
                .filter(environment::isSet)
                .toList();
        List<String> missing = Stream.of(REASONER, TOOLS)
                .filter(role -> !(role.equals(REASONER) ? reasoner : toolCaller).isSomewhere())
                .flatMap(role -> Stream.of(role + "_BASE_URL", role + "_API_KEY"))
                .toList();
        if (!set.isEmpty() && !missing.isEmpty()) {
            throw new IllegalArgumentException(String.join(", ", set) + (set.size() == 1 ? " is set, " : " are set, ")
                    + String.join(", ", missing) + " are not: it is not known where "
                    + (isOffline()
                            ? "the models are"
                            : reasoner.isSomewhere() ? "the tool caller is" : "the reasoner is")
                    + ". Set the _API_KEY for a model of DeepSeek's or the _BASE_URL for a server of your own;"
                    + " DEEPSEEK_API_KEY and DEEPSEEK_BASE_URL are for both models. With none of these variables set a"
                    + " simulator plays both.");
        }
    }

    boolean isOffline() {
        return !reasoner.isSomewhere() && !toolCaller.isSomewhere();
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
