package io.github.deepthink4j.spring;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which property of a group the library means, that speaks of the settings of its builders. */
final class PropertyNames {

    private static final Pattern WORD = Pattern.compile("[a-z][A-Za-z]+");

    private static final Set<String> OF_MODELS = Set.of(
            "api-key",
            "base-url",
            "custom-headers",
            "custom-query-params",
            "model-name",
            "max-output-tokens",
            "temperature",
            "top-p",
            "frequency-penalty",
            "presence-penalty",
            "stop-sequences",
            "user-id",
            "seed",
            "custom-parameters",
            "server-tools",
            "reasoning-effort",
            "executor",
            "proxy",
            "ssl-context");
    private static final Set<String> OF_GROUPS = Set.of(
            "connect",
            "first-byte",
            "idle",
            "total",
            "max-attempts",
            "base-delay",
            "max-delay",
            "jitter",
            "max-retry-after",
            "retry-timeouts",
            "at-most",
            "at-most-per-user",
            "adaptive",
            "requests-per-minute",
            "tokens-per-minute",
            "max-waiting",
            "max-waiting-per-user",
            "max-refusals",
            "schema",
            "conversation-table",
            "message-table",
            "fit-context-window");

    private PropertyNames() {}

    /** The group itself if the reason names none of its properties. */
    static String meant(String group, String reason) {
        boolean isGroup = group.matches(".*\\.(timeouts|retry|limit|memory|jdbc)");
        boolean isModel = group.equals(DeepSeekProperties.PREFIX) || group.matches("deepthink4j\\.models([.\\[])[^.]+");
        if (!isGroup && !isModel) {
            return group;
        }
        Set<String> known = isGroup ? OF_GROUPS : OF_MODELS;
        return WORD.matcher(reason)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .filter(known::contains)
                .findFirst()
                .map(name -> group + "." + name)
                .orElse(group);
    }
}
