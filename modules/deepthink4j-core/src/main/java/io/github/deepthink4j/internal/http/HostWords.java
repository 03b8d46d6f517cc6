package io.github.deepthink4j.internal.http;

import java.util.Optional;

/**
 * The words by which hosts say what their statuses do not: one row for each host and wording, with where it
 * was read. They stand in {@link HostWordsTable}.
 *
 * @param host    whose words they are
 * @param words   in lower case; {@code *} stands for anything, and {@code code:} before it for one of the error's codes or types
 * @param meaning what they mean
 * @param source  where they were read
 */
record HostWords(String host, String words, Meaning meaning, String source) {

    private static final String CODE = "code:";

    /** What an asterisk may stand for: a name, and no other sentence. */
    private static final int MOST_BETWEEN = 200;

    /** What an error means, by the first row that has its words. */
    static Optional<Meaning> meaning(ServerWords said) {
        return HostWordsTable.ROWS.stream()
                .filter(row -> row.matches(said))
                .map(HostWords::meaning)
                .findFirst();
    }

    boolean matches(ServerWords said) {
        if (!words.startsWith(CODE)) {
            return contains(said.text(), words);
        }
        String code = words.substring(CODE.length());
        return said.codes().stream().anyMatch(own -> code.contains("*") ? contains(own, code) : own.equals(code));
    }

    /** Whether the parts between the asterisks stand in the text, one after the other. */
    private static boolean contains(String text, String pattern) {
        int from = 0;
        for (String part : pattern.split("\\*")) {
            int at = text.indexOf(part, from);
            if (at < 0 || (from > 0 && at - from > MOST_BETWEEN)) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }
}
