package io.github.deepthink4j.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;

/** Bytes of a body in an array that is used again and again. */
final class ReadAhead {

    /** As much as the JDK's client has in hand of a stream that nobody reads. */
    private static final int ENOUGH_BYTES = 16 * 1024;

    /** An event of a stream, or a few. */
    private static final int FIRST_ARRAY_BYTES = 1024;

    private byte[] array = {};
    private List<ByteBuffer> lendable = List.of();
    private int filled;

    void add(ByteBuf from, int length) {
        if (filled + length > array.length) {
            byte[] larger = new byte[Math.max(FIRST_ARRAY_BYTES, Math.max(2 * array.length, filled + length))];
            System.arraycopy(array, 0, larger, 0, filled);
            array = larger;
            lendable = List.of(ByteBuffer.wrap(larger));
        }
        from.readBytes(array, filled, length);
        filled += length;
    }

    boolean isEmpty() {
        return filled == 0;
    }

    /** Whether no more should be read before the listener has had this. */
    boolean isFull() {
        return filled >= ENOUGH_BYTES;
    }

    /** All that was added, until something is added again. */
    List<ByteBuffer> lend() {
        ByteBuffer bytes = lendable.get(0);
        bytes.clear().limit(filled);
        filled = 0;
        return lendable;
    }

    /** How many bytes there were. */
    int forget() {
        int bytes = filled;
        filled = 0;
        return bytes;
    }
}
