package io.github.deepthink4j.leaks;

import java.util.regex.Pattern;

/**
 * What a key looks like in a text: those of the tests begin with {@code sk-}, or stand behind {@code Bearer}, or are one of the
 * few that are here by name, since the tests want keys that look like none.
 */
final class KeyPattern {

    private static final Pattern KEY =
            Pattern.compile("\\bsk-[A-Za-z0-9_-]{4,}|\\bBearer (?!sk-\\.\\.\\.)[^\\s*\"',;)]+"
                    + "|Zx4Tn9QwLm2Vb7Rk|Qx7/vB\\+93kLmZp0TgHw2|a-key-that-looks-like-none|key-of-a-host-[0-9]+");

    private KeyPattern() {}

    static boolean isIn(String text) {
        return KEY.matcher(text).find();
    }
}
