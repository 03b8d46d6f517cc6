package io.github.deepthink4j.internal.http;

/**
 * What a text means where escapes of JSON or of a url stand in it, and where each character of that stands. Servers escape
 * more than they must: PHP each slash, .NET each plus, and some gateways all that is no letter.
 */
final class UnescapedText {

    private static final int HEX = 16;

    private final StringBuilder text = new StringBuilder();
    private final int[] starts;

    UnescapedText(String escaped) {
        starts = new int[escaped.length() + 1];
        int at = 0;
        while (at < escaped.length()) {
            starts[text.length()] = at;
            at += next(escaped, at);
        }
        starts[text.length()] = escaped.length();
    }

    String text() {
        return text.toString();
    }

    /** Where a character begins in the escaped text; behind the last one, its length. */
    int start(int character) {
        return starts[character];
    }

    /** Adds the character at a place; how many it is written with. */
    private int next(String escaped, int at) {
        char c = escaped.charAt(at);
        char kind = at + 1 < escaped.length() ? escaped.charAt(at + 1) : ' ';
        if (c == '\\' && (kind == 'u' || kind == 'U')) {
            int code = hex(escaped, at + 2, 4);
            if (code >= 0) {
                text.append((char) code);
                return 6;
            }
        } else if (c == '\\' && (kind == '/' || kind == '"' || kind == '\\')) {
            text.append(kind);
            return 2;
        } else if (c == '%') {
            int code = hex(escaped, at + 1, 2);
            if (code >= 0 && code < 0x80) {
                text.append((char) code);
                return 3;
            }
        }
        text.append(c);
        return 1;
    }

    /** Negative if there are no such digits. */
    private static int hex(String escaped, int from, int digits) {
        int code = from + digits > escaped.length() ? -1 : 0;
        for (int i = from; code >= 0 && i < from + digits; i++) {
            int digit = Character.digit(escaped.charAt(i), HEX);
            code = digit < 0 ? -1 : code * HEX + digit;
        }
        return code;
    }
}
