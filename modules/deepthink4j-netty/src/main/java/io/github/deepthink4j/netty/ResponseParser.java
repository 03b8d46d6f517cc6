package io.github.deepthink4j.netty;

import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Map;

/**
 * Reads the responses of one connection, whatever the cuts, after RFC 9112. A server frames each event of a stream as a chunk of
 * its own, so that what is done for a chunk is done for each piece: nothing is made for it, and its bytes are passed on as they
 * stand. Tests compare it with Netty's decoder.
 */
final class ResponseParser {

    /** Gets what is read, in this order; the bytes of the body in any number of parts. */
    interface Sink {

        void head(int status, Map<String, List<String>> headers);

        /**
         * @param from to be read by just so many bytes
         */
        void body(ByteBuf from, int length);
    }

    private enum State {
        HEAD,
        LENGTH,
        UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK_EXTENSION,
        CHUNK,
        CHUNK_END,
        TRAILER,
        OVER
    }

    /** As much as the JDK's client allows; most heads are some hundred bytes. */
    static final int MOST_HEAD_BYTES = 384 * 1024;

    private static final int MOST_SIZE_DIGITS = 15;

    private final Sink sink;
    private final HeadLines lines = new HeadLines(MOST_HEAD_BYTES);
    private State state = State.OVER;
    private ResponseHead head = new ResponseHead();
    private boolean isConnect;
    private long left;
    private int digits;

    ResponseParser(Sink sink) {
        this.sink = sink;
    }

    /**
     * The next response is awaited.
     *
     * @param isConnect whether it is the answer to CONNECT, after which another protocol begins
     */
    void begin(boolean isConnect) {
        this.isConnect = isConnect;
        head = new ResponseHead();
        lines.begin();
        state = State.HEAD;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /** Whether the connection can serve another request, now that the response is over. */
    boolean keepsConnection() {
        return head.keepsConnection();
    }

    /** Reads on until the response is over or nothing is left. */
    void read(ByteBuf in) throws IOException {
        while (state != State.OVER && in.isReadable()) {
            switch (state) {
                case HEAD -> readHead(in);
                case LENGTH, CHUNK -> readCounted(in);
                case UNTIL_CLOSE -> sink.body(in, in.readableBytes());
                case CHUNK_SIZE -> readSize(in);
                case CHUNK_EXTENSION -> skipExtension(in);
                case CHUNK_END -> readChunkEnd(in);
                case TRAILER -> skipTrailer(in);
                case OVER -> throw new IllegalStateException();
            }
        }
    }

    /**
     * The server has closed the connection.
     *
     * @throws EOFException if the response was not over by then
     */
    void closed() throws EOFException {
        if (state == State.UNTIL_CLOSE) {
            state = State.OVER;
        }
        if (state != State.OVER) {
            throw new EOFException("The connection was closed before the end of the response");
        }
    }

    private void readHead(ByteBuf in) throws ProtocolException {
        String line = lines.next(in);
        if (line == null) {
            return;
        }
        if (!line.isEmpty() || !head.isBegun()) {
            head.add(line);
            return;
        }
        int status = head.status();
        if (status == 101) {
            throw new ProtocolException("The server has changed the protocol, which nobody has asked for");
        }
        if (status < 200) {
            head = new ResponseHead();
            return;
        }
        begin(head.framing(isConnect));
        sink.head(status, head.headers());
    }

    private void begin(long framing) {
        if (framing == ResponseHead.CHUNKED) {
            beginChunk();
        } else if (framing == ResponseHead.UNTIL_CLOSE) {
            state = State.UNTIL_CLOSE;
        } else {
            left = framing;
            state = framing == 0 ? State.OVER : State.LENGTH;
        }
    }

    private void readCounted(ByteBuf in) {
        int length = (int) Math.min(left, in.readableBytes());
        left -= length;
        sink.body(in, length);
        if (left == 0) {
            state = state == State.LENGTH ? State.OVER : State.CHUNK_END;
        }
    }

    private void beginChunk() {
        left = 0;
        digits = 0;
        state = State.CHUNK_SIZE;
    }

    private void readSize(ByteBuf in) throws ProtocolException {
        while (in.isReadable()) {
            byte next = in.readByte();
            int digit = Character.digit(next, 16);
            if (digit >= 0 && next > 0) {
                left = left << 4 | digit;
                digits++;
                if (digits > MOST_SIZE_DIGITS) {
                    throw new ProtocolException("A chunk is too large");
                }
            } else if (digits == 0) {
                throw new ProtocolException("A chunk has no size");
            } else if (next == '\n') {
                sizeRead();
                return;
            } else if (next == '\r' || next == ';' || next == ' ' || next == '\t') {
                lines.begin();
                state = State.CHUNK_EXTENSION;
                return;
            } else {
                throw new ProtocolException("A chunk's size is no number");
            }
        }
    }

    /** What follows the size means nothing to us (RFC 9112, section 7.1.1). */
    private void skipExtension(ByteBuf in) throws ProtocolException {
        if (lines.skip(in) >= 0) {
            sizeRead();
        }
    }

    private void sizeRead() {
        lines.begin();
        state = left == 0 ? State.TRAILER : State.CHUNK;
    }

    private void readChunkEnd(ByteBuf in) throws ProtocolException {
        byte next = in.readByte();
        if (next == '\n') {
            beginChunk();
        } else if (next != '\r') {
            throw new ProtocolException("A chunk is longer than its size");
        }
    }

    private void skipTrailer(ByteBuf in) throws ProtocolException {
        if (lines.skip(in) == 0) {
            state = State.OVER;
        }
    }
}
