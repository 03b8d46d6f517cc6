package io.github.deepthink4j.benchmarks.server;

import io.netty.buffer.ByteBuf;

/**
 * The time of sending, within the text of a chunk: {@code " @0000001234567890123"}. It is the machine's monotonic clock, which
 * on Linux is the same for all processes.
 */
public final class Stamp {

    private static final int DIGITS = 19;
    static final String BLANK = " @" + "0".repeat(DIGITS);

    private Stamp() {}

    static void write(ByteBuf chunk, int index, long nanos) {
        long rest = nanos;
        for (int i = index + 2 + DIGITS - 1; i >= index + 2; i--) {
            chunk.setByte(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    /** @return the time, or -1 if the piece has none */
    public static long read(String piece) {
        int at = piece.indexOf('@');
        if (at < 0 || piece.length() < at + 1 + DIGITS) {
            return -1;
        }
        long nanos = 0;
        for (int i = at + 1; i <= at + DIGITS; i++) {
            nanos = nanos * 10 + (piece.charAt(i) - '0');
        }
        return nanos;
    }
}
