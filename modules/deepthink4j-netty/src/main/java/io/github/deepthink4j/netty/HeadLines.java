package io.github.deepthink4j.netty;

import io.netty.buffer.ByteBuf;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a head, or of what else is made of lines, and bounds them all together. A line ends with LF or CR LF. */
final class HeadLines {

    private final int mostBytes;
    private byte[] line = new byte[256];
    private int length;
    private int bytes;

    /** Of a line that is passed over. */
    private boolean lastIsCr;

    HeadLines(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** What is read next is counted anew. */
    void begin() {
        length = 0;
        bytes = 0;
        lastIsCr = false;
    }

    /** The next line without its end; {@code null} if it has not come whole. */
    @Nullable
    String next(ByteBuf in) throws ProtocolException {
        int end = end(in);
        int part = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
        if (length + part > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + part));
        }
        in.readBytes(line, length, part);
        length += part;
        if (end < 0) {
            return null;
        }
        in.skipBytes(1);
        int whole = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        length = 0;
        return new String(line, 0, whole, StandardCharsets.ISO_8859_1);
    }

    /** The length of the next line, without its end, which is passed over; -1 if it has not come whole. */
    int skip(ByteBuf in) throws ProtocolException {
        int end = end(in);
        int until = end < 0 ? in.writerIndex() : end;
        int part = until - in.readerIndex();
        boolean endsWithCr = part > 0 && in.getByte(until - 1) == '\r';
        in.readerIndex(until);
        length += part;
        // A CR may have come alone, before this part: then the line was that and no more.
        lastIsCr = part > 0 ? endsWithCr : lastIsCr;
        if (end < 0) {
            return -1;
        }
        in.skipBytes(1);
        int whole = lastIsCr ? length - 1 : length;
        length = 0;
        lastIsCr = false;
        return whole;
    }

    private int end(ByteBuf in) throws ProtocolException {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        bytes += (end < 0 ? in.writerIndex() : end + 1) - in.readerIndex();
        if (bytes > mostBytes) {
            throw new ProtocolException("The server sends more than " + mostBytes + " bytes of headers");
        }
        return end;
    }
}
