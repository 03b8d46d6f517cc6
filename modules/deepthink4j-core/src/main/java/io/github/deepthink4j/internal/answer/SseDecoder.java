package io.github.deepthink4j.internal.answer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Server-sent events from bytes, however they are cut. A payload is a slice of the one buffer that the decoder keeps, so
 * a stream costs one copy for each network read and none for each event.
 */
final class SseDecoder {

    /** Gets each event's payload, valid during the call only. */
    interface Events {

        void onEvent(byte[] buffer, int offset, int length, Name name);
    }

    /** What the server calls an event. */
    enum Name {
        /** Nothing, or {@code message}, which means the same. */
        MESSAGE,
        /** By whatever name of an error. */
        ERROR,
        /** Pings and the like; some gateways call chunks by other names too. */
        OTHER
    }

    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int INITIAL_BYTES = 8 * 1024;

    private final int maxEventBytes;
    private byte[] buffer = new byte[INITIAL_BYTES];

    /** Where the event in progress starts, the line in progress, what is still to be looked at, and what is not there. */
    private int eventStart;

    private int lineStart;
    private int position;
    private int end;

    /** The payload so far: one slice of the buffer, into which further data lines are moved. */
    private int dataStart = -1;

    private int dataEnd;
    private Name name = Name.MESSAGE;
    private boolean afterCr;

    SseDecoder(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * @return {@code false} if an event is larger than it may be; the decoder is of no use any more then
     */
    boolean decode(ByteBuffer bytes, Events events) {
        while (bytes.hasRemaining()) {
            int room = makeRoom(bytes.remaining());
            if (room == 0) {
                return false;
            }
            int part = Math.min(room, bytes.remaining());
            bytes.get(buffer, end, part);
            end += part;
            scan(events);
        }
        return true;
    }

    /** The body has ended: what stands there without a line end or a blank line is still an event. */
    void end(Events events) {
        if (lineStart < end) {
            line(lineStart, end);
        }
        dispatch(events);
    }

    private int makeRoom(int wanted) {
        if (eventStart > 0) {
            System.arraycopy(buffer, eventStart, buffer, 0, end - eventStart);
            lineStart -= eventStart;
            position -= eventStart;
            end -= eventStart;
            if (dataStart >= 0) {
                dataStart -= eventStart;
                dataEnd -= eventStart;
            }
            eventStart = 0;
        }
        if (end + wanted > buffer.length && buffer.length < maxEventBytes) {
            long size = Math.max(buffer.length * 2L, (long) end + wanted);
            buffer = Arrays.copyOf(buffer, (int) Math.min(size, maxEventBytes));
        }
        return buffer.length - end;
    }

    private void scan(Events events) {
        while (position < end) {
            byte b = buffer[position++];
            if (afterCr && b == '\n') {
                // The second half of CRLF.
                afterCr = false;
                skipTo(position);
                continue;
            }
            afterCr = b == '\r';
            if (b == '\n' || b == '\r') {
                int lineEnd = position - 1;
                if (lineEnd == lineStart) {
                    dispatch(events);
                    eventStart = position;
                } else {
                    line(lineStart, lineEnd);
                }
                skipTo(position);
            }
        }
    }

    private void skipTo(int next) {
        lineStart = next;
        if (dataStart < 0) {
            // Comments and other fields need not be kept.
            eventStart = next;
        }
    }

    /**
     * Stricter readers would leave out a line that is indented, or JSON without a field before it, and with it a piece of the
     * answer, or the error that a relay has written as it came.
     */
    private void line(int lineFrom, int to) {
        int from = afterMargin(lineFrom, to);
        if (startsWith(DATA, from, to)) {
            int payload = from;
            do {
                // A relay that puts the field before what has it already.
                payload = afterMargin(payload + DATA.length, to);
            } while (startsWith(DATA, payload, to));
            data(payload, to);
        } else if (startsWith(EVENT, from, to)) {
            name = name(from + EVENT.length, to);
        } else if (from < to && (buffer[from] == '{' || buffer[from] == '[')) {
            data(from, to);
        }
    }

    /** Behind blanks, and behind the mark of UTF-8 that stands at the start of a file, or of each that a relay has put together. */
    private int afterMargin(int from, int to) {
        int start = from;
        while (start < to) {
            if (buffer[start] == ' ' || buffer[start] == '\t') {
                start++;
            } else if (startsWith(BOM, start, to)) {
                start += BOM.length;
            } else {
                break;
            }
        }
        return start;
    }

    private Name name(int from, int to) {
        String word = new String(buffer, from, to - from, StandardCharsets.UTF_8)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (word.isEmpty() || word.equals("message")) {
            return Name.MESSAGE;
        }
        return word.contains("error") || word.contains("exception") ? Name.ERROR : Name.OTHER;
    }

    private void data(int from, int to) {
        if (dataStart < 0) {
            dataStart = from;
            dataEnd = to;
            return;
        }
        // A further line: it moves up behind the one before, which stands at a smaller place.
        buffer[dataEnd++] = '\n';
        System.arraycopy(buffer, from, buffer, dataEnd, to - from);
        dataEnd += to - from;
    }

    private void dispatch(Events events) {
        if (dataStart >= 0) {
            events.onEvent(buffer, dataStart, dataEnd - dataStart, name);
        }
        dataStart = -1;
        name = Name.MESSAGE;
    }

    private boolean startsWith(byte[] prefix, int from, int to) {
        return to - from >= prefix.length
                && Arrays.equals(buffer, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
