package io.github.deepthink4j.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** What a server says with an error, up to a bound: enough for any message, too little to exhaust memory. */
final class ErrorBody {

    static final int MAX_BYTES = 64 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(ByteBuffer more) {
        byte[] part = new byte[Math.min(more.remaining(), MAX_BYTES - bytes.size())];
        more.get(part);
        bytes.writeBytes(part);
    }

    boolean isFull() {
        return bytes.size() >= MAX_BYTES;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
