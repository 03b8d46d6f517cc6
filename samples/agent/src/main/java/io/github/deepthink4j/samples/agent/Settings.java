package io.github.deepthink4j.samples.agent;

import io.github.deepthink4j.samples.agent.screen.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Which two models, and which database, from the environment. */
record Settings(Model reasoner, Model toolCaller, boolean planning, String database, boolean simulated) {

    Settings(Model reasoner, Model toolCaller, boolean planning, String database) {
        this(reasoner, toolCaller, planning, database, false);
    }

    /** A model somewhere; everything of it but the key may be shown. */
    record Model(String apiKey, String baseUrl, String name) {

        boolean isSomewhere() {
            return !baseUrl.isBlank();
        }

        @Override
        public String toString() {
            String where = Environment.shown(baseUrl);
            return Words.of(name + " at " + where, where + " 上的 " + name)
                    + (apiKey.isBlank() ? Words.of(", without a key", "（不发送 key）") : "");
        }
    }

    private static final String DEEPSEEK = "https://api.deepseek.com";
    private static final String REASONER = "REASONER";
    private static final String TOOLS = "TOOLS";
    private static final String BOTH = "DEEPSEEK";
    private static final String IN_MEMORY = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

    /** @throws IllegalArgumentException if they do not go together, in words that say what to do */
    static Settings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Settings settings = new Settings(
                model(environment, REASONER, "deepseek-v4-pro"),
                model(environment, TOOLS, "deepseek-flash"),
                planning(environment),
                database(environment));
        settings.checkThatNeitherIsMissing(environment);
        return settings;
    }

    /** What is not said of one model is said of both: {@code REASONER_BASE_URL}, or else {@code DEEPSEEK_BASE_URL}. */
    private static Model model(Environment environment, String role, String defaultName) {
        // A key that is set and empty is none on purpose: DeepSeek's is not for every server.
        String key = environment.variables().containsKey(role + "_API_KEY")
                ? environment.key(role + "_API_KEY")
                : environment.key(BOTH + "_API_KEY");
        String common = environment.url(BOTH + "_BASE_URL");
        String url = environment.isSet(role + "_BASE_URL") ? environment.url(role + "_BASE_URL") : common;
        return new Model(
                key,
                url.isBlank() && !key.isBlank() ? DEEPSEEK : url,
                environment.model(role + "_MODEL", environment.model(BOTH + "_MODEL", defaultName)));
    }

    /** Nothing of it is ever shown: there may be a password in it. */
    private static String database(Environment environment) {
        String url = environment.get("AGENT_DATABASE", IN_MEMORY);
        environment.checkPasted("AGENT_DATABASE", url);
        if (!url.startsWith("jdbc:h2:")) {
            throw Environment.wrong(
                    "AGENT_DATABASE",
                    "is not a JDBC url of H2. It begins with jdbc:h2:, such as jdbc:h2:./shop",
                    "不是 H2 的 JDBC 地址。它以 jdbc:h2: 开头，例如 jdbc:h2:./shop");
        }
        return url;
    }

    private static boolean planning(Environment environment) {
        String strategy = environment.get("AGENT_STRATEGY", "plan").toLowerCase(Locale.ROOT);
        if (!List.of("plan", "route").contains(strategy)) {
            throw Environment.wrong(
                    "AGENT_STRATEGY",
                    "is not the name of a strategy. It can be plan or route",
                    "不是策略的名称。可以是 plan 或 route");
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
            throw Environment.wrong(
                    String.join(", ", set),
                    (set.size() == 1 ? "is set, " : "are set, ")
                            + String.join(", ", missing) + " are not: it is not known where "
                            + (isOffline()
                                    ? "the models are"
                                    : reasoner.isSomewhere() ? "the tool caller is" : "the reasoner is")
                            + ". Set the _API_KEY for a model of DeepSeek's or the _BASE_URL for a server of your own;"
                            + " DEEPSEEK_API_KEY and DEEPSEEK_BASE_URL are for both models. With none of these"
                            + " variables set a simulator plays both",
                    "已设置，而 " + String.join(", ", missing) + " 没有设置：不知道"
                            + (isOffline() ? "两个模型" : reasoner.isSomewhere() ? "工具调用模型" : "推理模型")
                            + "在哪里。用 DeepSeek 的模型请设置 _API_KEY，用自己的服务器请设置 _BASE_URL；DEEPSEEK_API_KEY 和"
                            + " DEEPSEEK_BASE_URL 对两个模型都有效。这些变量都不设置时由模拟器扮演两个模型");
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
                database,
                true);
    }
}
