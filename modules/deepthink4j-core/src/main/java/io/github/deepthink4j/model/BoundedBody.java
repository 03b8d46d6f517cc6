package io.github.deepthink4j.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A body that is kept whole, up to a bound; what comes beyond it is dropped. */
final class BoundedBody {

    /** Enough for any message of an error, too little to exhaust memory. */
    static final int ERROR_BYTES = 64 * 1024;

    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(ByteBuffer more) {
        byte[] part = new byte[Math.min(more.remaining(), maxBytes - bytes.size())];
        more.get(part);
        bytes.writeBytes(part);
    }

    boolean isFull() {
        return bytes.size() >= maxBytes;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
