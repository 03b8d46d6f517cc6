package io.github.deepthink4j.internal.answer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** As {@link PlainJsonText}, for texts of thousands of bytes in which few are escaped. */
final class LongJsonText {

    private LongJsonText() {}

    /** The place of the quotation mark that ends the string; {@code limit} if there is none before. */
    static int end(byte[] buffer, int from, int limit) {
        int at = LongBytes.special(buffer, from, limit);
        while (at < limit && buffer[at] != '"') {
            at = LongBytes.special(buffer, at + (buffer[at] == '\\' ? 2 : 1), limit);
        }
        return Math.min(at, limit);
    }

    /**
     * Whether each bracket that is opened is closed.
     *
     * @param buffer begins with one; what stands behind the last is not looked at
     */
    static boolean closes(byte[] buffer, int limit) {
        int open = 0;
        for (int at = 0; at < limit; at++) {
            switch (buffer[at]) {
                case '"' -> at = end(buffer, at + 1, limit);
                case '{', '[' -> open++;
                case '}', ']' -> open--;
                default -> {
                    continue;
                }
            }
            if (open == 0) {
                return at < limit;
            }
        }
        return false;
    }

    /**
     * @param from   behind the quotation mark
     * @param to     of the other quotation mark
     * @param buffer escapes may be undone in place
     * @return {@code null} if it is left to the parser; then the buffer is as it was
     */
    static @Nullable String read(byte[] buffer, int from, int to) {
        boolean escaped = false;
        for (int at = special(buffer, from, to); at < to; at = special(buffer, at + 2, to)) {
            if (buffer[at] != '\\' || at + 1 == to || PlainJsonText.unescaped(buffer[at + 1]) == 0) {
                return null;
            }
            escaped = true;
        }
        if (!escaped) {
            return PlainJsonText.utf8(buffer, from, to);
        }
        if (LongBytes.isAscii(buffer, from, to)) {
            return PlainJsonText.utf8(buffer, from, unescape(buffer, from, to));
        }
        // Undone in a copy: it may still turn out to be no UTF-8.
        byte[] copy = Arrays.copyOfRange(buffer, from, to);
        return PlainJsonText.utf8(copy, 0, unescape(copy, 0, copy.length));
    }

    private static int special(byte[] buffer, int from, int to) {
        return LongBytes.special(buffer, from, to);
    }

    private static int unescape(byte[] buffer, int from, int to) {
        int written = special(buffer, from, to);
        int read = written;
        while (read < to) {
            buffer[written++] = PlainJsonText.unescaped(buffer[read + 1]);
            int next = special(buffer, read + 2, to);
            int run = next - read - 2;
            System.arraycopy(buffer, read + 2, buffer, written, run);
            written += run;
            read = next;
        }
        return written;
    }
}
