package io.github.deepthink4j.internal.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text of a JSON string from its bytes, without a parser's buffers of characters. What few strings have is left to the
 * parser: {@code \\u}, control characters, what is no UTF-8.
 */
final class PlainJsonText {

    private static final char REPLACEMENT = '\ufffd';

    private PlainJsonText() {}

    /**
     * @param from   behind the quotation mark
     * @param to     of the other quotation mark
     * @param buffer escapes may be undone in place
     * @return {@code null} if it is left to the parser; then the buffer is as it was
     */
    static @Nullable String read(byte[] buffer, int from, int to) {
        int bits = 0;
        boolean escaped = false;
        for (int i = from; i < to; i++) {
            byte b = buffer[i];
            if (b == '\\') {
                i++;
                escaped = true;
                if (i == to || unescaped(buffer[i]) == 0) {
                    return null;
                }
            } else if (b == '"' || b >= 0 && b < ' ') {
                return null;
            }
            bits |= b;
        }
        if (bits >= 0) {
            int textEnd = escaped ? unescape(buffer, from, to) : to;
            return new String(buffer, from, textEnd - from, StandardCharsets.ISO_8859_1);
        }
        if (escaped) {
            // Undone in a copy: it may still turn out to be no UTF-8.
            byte[] copy = Arrays.copyOfRange(buffer, from, to);
            return utf8(copy, 0, unescape(copy, 0, copy.length));
        }
        return utf8(buffer, from, to);
    }

    static @Nullable String utf8(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : null;
    }

    private static int unescape(byte[] buffer, int from, int to) {
        int written = from;
        for (int read = from; read < to; read++) {
            byte b = buffer[read];
            buffer[written++] = b == '\\' ? unescaped(buffer[++read]) : b;
        }
        return written;
    }

    /** What a letter behind a backslash stands for; 0 for those that are left to the parser. */
    static byte unescaped(byte letter) {
        return (byte)
                switch (letter) {
                    case '"', '\\', '/' -> letter;
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    default -> 0;
                };
    }
}
