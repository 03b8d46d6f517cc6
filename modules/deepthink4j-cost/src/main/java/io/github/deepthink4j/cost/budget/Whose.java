package io.github.deepthink4j.cost.budget;

import io.github.deepthink4j.internal.http.Secrets;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose account of which budget, as errors say it.
 *
 * @param key {@code null} for the account of all together
 */
record Whose(String budget, @Nullable String key) {

    /** Knows what looks like a key of anybody's: an account may be named by one. */
    private static final Secrets SECRETS = Secrets.of(URI.create("http://localhost"), Map.of(), null);

    /** Such as {@code the budget 'daily' of 'user-42'}, on one line and of bounded length. */
    String words() {
        return "the budget '" + shown(budget) + "'" + (key == null ? "" : " of '" + shown(key) + "'");
    }

    private static String shown(String name) {
        String shown = SECRETS.shown(name, Secrets.MAX_NAME);
        return shown == null ? "" : shown;
    }
}
