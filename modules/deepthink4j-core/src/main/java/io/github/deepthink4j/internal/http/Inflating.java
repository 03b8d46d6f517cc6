package io.github.deepthink4j.internal.http;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates what comes piece by piece, in bounded portions. The JDK's streams would have to wait for the next piece. */
final class Inflating implements AutoCloseable {

    private static final int PORTION = 16 * 1024;

    /** RFC 1952: the ten bytes that each gzip member begins with, and the flags in the fourth. */
    private static final int FIXED_HEADER = 10;

    /** Behind each: a checksum and a size. A further member may follow, as of a proxy that flushes each part as one. */
    private static final int TRAILER_BYTES = 8;

    /** What a member begins with. */
    static final int FIRST = 0x1f;

    private static final int FLAGS = 3;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private enum Part {
        HEADER,
        EXTRA_LOW,
        EXTRA_HIGH,
        EXTRA_FIELD,
        NAME,
        COMMENT,
        CHECKSUM,
        DATA,
        TRAILER,
        NEXT,
        REST
    }

    private final Inflater inflater;
    private final byte[] portion = new byte[PORTION];
    private Part part;
    private int read;
    private int flags;
    private int left;

    private final boolean members;

    private Inflating(boolean raw, Part first) {
        this.inflater = new Inflater(raw);
        this.members = first == Part.HEADER;
        this.part = first;
    }

    static Inflating gzip() {
        return new Inflating(true, Part.HEADER);
    }

    static Inflating zlib() {
        return new Inflating(false, Part.DATA);
    }

    /** As some servers understand {@code deflate}. */
    static Inflating raw() {
        return new Inflating(true, Part.DATA);
    }

    /**
     * @param to gets what came of it, valid during the call only
     * @throws DataFormatException if it is not what it should be
     */
    void inflate(ByteBuffer bytes, Consumer<ByteBuffer> to) throws DataFormatException {
        while (bytes.hasRemaining()) {
            switch (part) {
                case DATA -> data(bytes, to);
                case REST -> bytes.position(bytes.limit());
                default -> header(bytes.get() & 0xff);
            }
        }
    }

    private void data(ByteBuffer bytes, Consumer<ByteBuffer> to) throws DataFormatException {
        byte[] input = new byte[bytes.remaining()];
        bytes.get(input);
        inflater.setInput(input);
        while (!inflater.finished() && !inflater.needsInput()) {
            int inflated = inflater.inflate(portion);
            if (inflater.needsDictionary()) {
                throw new DataFormatException("it needs a dictionary");
            }
            if (inflated > 0) {
                to.accept(ByteBuffer.wrap(portion, 0, inflated));
            }
        }
        if (inflater.finished()) {
            bytes.position(bytes.limit() - inflater.getRemaining());
            part = members ? Part.TRAILER : Part.REST;
            left = TRAILER_BYTES;
        }
    }

    private void header(int b) throws DataFormatException {
        switch (part) {
            case HEADER -> {
                flags = read == FLAGS ? b : flags;
                if (++read == FIXED_HEADER) {
                    next(Part.HEADER);
                }
            }
            case EXTRA_LOW -> {
                left = b;
                part = Part.EXTRA_HIGH;
            }
            case EXTRA_HIGH -> {
                left += b << 8;
                part = Part.EXTRA_FIELD;
                if (left == 0) {
                    next(Part.EXTRA_FIELD);
                }
            }
            case EXTRA_FIELD -> {
                if (--left == 0) {
                    next(Part.EXTRA_FIELD);
                }
            }
            case NAME, COMMENT -> {
                if (b == 0) {
                    next(part);
                }
            }
            case CHECKSUM -> {
                if (--left == 0) {
                    part = Part.DATA;
                }
            }
            case TRAILER -> {
                // The checksum is not looked at: an answer has its own end.
                if (--left == 0) {
                    part = Part.NEXT;
                }
            }
            case NEXT -> {
                // Zeros may stand between two members, and whatever behind the last one.
                if (b == FIRST) {
                    inflater.reset();
                    read = 1;
                    flags = 0;
                    part = Part.HEADER;
                } else if (b != 0) {
                    part = Part.REST;
                }
            }
            default -> throw new DataFormatException("there is no header in " + part);
        }
    }

    /** The next part that the flags announce. */
    private void next(Part done) {
        if (done.compareTo(Part.EXTRA_FIELD) < 0 && (flags & EXTRA) != 0) {
            part = Part.EXTRA_LOW;
        } else if (done.compareTo(Part.NAME) < 0 && (flags & NAME) != 0) {
            part = Part.NAME;
        } else if (done.compareTo(Part.COMMENT) < 0 && (flags & COMMENT) != 0) {
            part = Part.COMMENT;
        } else if ((flags & HEADER_CHECKSUM) != 0) {
            part = Part.CHECKSUM;
            left = 2;
        } else {
            part = Part.DATA;
        }
    }

    /** Lets go of memory outside of the heap; a call that is cancelled leaves that to the garbage collector. */
    @Override
    public void close() {
        inflater.end();
    }
}
