package io.github.deepthink4j.leaks;

import java.util.regex.Pattern;

/** What a key looks like in a text: those of all tests begin with {@code sk-}, or stand behind {@code Bearer}. */
final class KeyPattern {

    private static final Pattern KEY =
            Pattern.compile("\\bsk-[A-Za-z0-9_-]{4,}|\\bBearer (?!sk-\\.\\.\\.)[^\\s*\"',;)]+");

    private KeyPattern() {}

    static boolean isIn(String text) {
        return KEY.matcher(text).find();
    }
}
