package io.github.deepthink4j.internal.answer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for bytes eight at a time. A body of 128 KB is searched several times before it is an answer, and byte by byte each
 * search takes longer than the parser. Of no use for the few bytes of a chunk, which must not load it.
 */
final class LongBytes {

    /** Where the lowest byte that is found is the first one: what a subtraction borrows spoils only those after it. */
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST_BITS = ONES << 7;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long RETURNS = ONES * '\r';

    private LongBytes() {}

    /** The place of the first quotation mark, backslash or control character; {@code limit} if there is none before. */
    static int special(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at <= limit - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            long found = zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES) | (eight - BLANKS) & ~eight & HIGHEST_BITS;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < limit && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] < 0 || bytes[at] >= ' ')) {
            at++;
        }
        return at;
    }

    /** The place of the first line feed or carriage return; {@code limit} if there is none before. */
    static int lineEnd(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at <= limit - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            long found = zeros(eight ^ LINE_FEEDS) | zeros(eight ^ RETURNS);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < limit && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** Whether each byte is a character of its own. */
    static boolean isAscii(byte[] bytes, int from, int limit) {
        long all = 0;
        int at = from;
        for (; at <= limit - Long.BYTES; at += Long.BYTES) {
            all |= (long) LONGS.get(bytes, at);
        }
        for (; at < limit; at++) {
            all |= bytes[at];
        }
        return (all & HIGHEST_BITS) == 0;
    }

    /** The highest bit of each byte that is 0, and maybe of some after the first of them. */
    private static long zeros(long eight) {
        return eight - ONES & ~eight & HIGHEST_BITS;
    }
}
