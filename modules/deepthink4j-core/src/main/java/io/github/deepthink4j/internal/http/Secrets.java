package io.github.deepthink4j.internal.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps secrets out of messages and logs. */
public final class Secrets {

    /** What a secret is replaced by. */
    public static final String MASK = "***";

    private static final int MAX_LENGTH = 500;
    private static final Pattern KEY = Pattern.compile("\\b(sk-|gsk_|nvapi-)[A-Za-z0-9_-]{4,}");
    private static final Pattern BEARER = Pattern.compile("(?i)\\bbearer\\s+[^\\s\",;]+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final Set<String> SECRET_WORDS = Set.of("auth", "key", "token", "secret", "cookie", "password");

    private Secrets() {}

    /** The text with keys and bearer tokens masked. */
    public static String masked(String text) {
        return BEARER.matcher(KEY.matcher(text).replaceAll(MASK)).replaceAll("Bearer " + MASK);
    }

    /** One line of at most 500 characters, masked; {@code null} where there is nothing to say. */
    public static @Nullable String shortened(@Nullable String text) {
        if (text == null) {
            return null;
        }
        // Cut before masking as well: a megabyte of garbage is not worth searching.
        String start = text.length() > 4 * MAX_LENGTH ? text.substring(0, 4 * MAX_LENGTH) : text;
        String line = masked(CONTROL.matcher(start).replaceAll(" ")).strip();
        if (line.isEmpty()) {
            return null;
        }
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line;
    }

    /** Whether the value of a header of this name is not to be shown. */
    public static boolean isSecretHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains);
    }
}
