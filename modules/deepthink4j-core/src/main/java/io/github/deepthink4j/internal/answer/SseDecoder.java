package io.github.deepthink4j.internal.answer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events from bytes, however they are cut. A payload is a slice of a buffer that belongs to the thread while it
 * decodes, so a stream costs one copy for each network read and none for each event, and between two reads it keeps the
 * event that was cut and nothing else.
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

    static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);

    /** A field of its own, as llama.cpp's older servers send their errors. */
    private static final byte[] ERROR = "error:".getBytes(StandardCharsets.US_ASCII);

    private static final Set<String> NO_ERROR = Set.of("", "null", "none", "false", "0", "{}", "[]", "\"\"");
    private static final int LONGEST_NO_ERROR = 5;

    private static final int MOST_JUNK = 16;
    private static final byte[] QUOTED_MARK = "\"[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] NONE = {};
    private static final int LONGEST_START = 512;
    private static final int SCRATCH_BYTES = 16 * 1024;
    private static final int SMALLEST_LIMIT = 8 * 1024;

    /** Taken away while it is used: what a callback decodes on this thread meanwhile gets another. */
    private static final ThreadLocal<@Nullable Scratch> SCRATCH = new ThreadLocal<>();

    /**
     * What a thread decodes with.
     *
     * @param start how a line of the read begins
     */
    private record Scratch(byte[] buffer, byte[] start) {

        static Scratch take() {
            Scratch scratch = SCRATCH.get();
            SCRATCH.remove();
            return scratch == null ? new Scratch(new byte[SCRATCH_BYTES], new byte[LONGEST_START]) : scratch;
        }
    }

    private final int maxBytes;

    /** Between two reads no larger than what it holds, but for an event that is larger than a thread's buffer. */
    private byte[] buffer = NONE;

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

    /** How a line of this read begins: nine tenths of a chunk are as in the one before, and hold no line end either. */
    private byte[] start = NONE;

    private int startLength;

    SseDecoder(int maxEventBytes) {
        this.maxBytes = Math.max(maxEventBytes, SMALLEST_LIMIT);
    }

    /**
     * @return {@code false} if an event is larger than it may be; the decoder is of no use any more then
     */
    boolean decode(ByteBuffer bytes, Events events) {
        Scratch scratch = Scratch.take();
        byte[] shared = scratch.buffer();
        try {
            start = scratch.start();
            if (buffer.length < shared.length) {
                moveTo(shared);
            }
            return read(bytes, events);
        } finally {
            start = NONE;
            startLength = 0;
            // Also what fills it to the last byte: it is the thread's, and the next stream writes over it.
            if (end - eventStart <= shared.length) {
                moveTo(end == eventStart ? NONE : new byte[end - eventStart]);
            }
            SCRATCH.set(scratch);
        }
    }

    private boolean read(ByteBuffer bytes, Events events) {
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
        line(lineStart, end, events);
        dispatch(events);
    }

    /** A larger buffer for a larger event alone: of many events in one read, a part is read after the other. */
    private int makeRoom(int wanted) {
        if (eventStart > 0) {
            moveTo(buffer);
        }
        if (end == buffer.length && buffer.length < maxBytes) {
            long size = Math.max(buffer.length * 2L, (long) end + wanted);
            moveTo(new byte[(int) Math.min(size, maxBytes)]);
        }
        return Math.min(buffer.length, maxBytes) - end;
    }

    /** What is still needed goes to the start of another buffer, or of the same. */
    private void moveTo(byte[] target) {
        System.arraycopy(buffer, eventStart, target, 0, end - eventStart);
        lineStart -= eventStart;
        position -= eventStart;
        end -= eventStart;
        if (dataStart >= 0) {
            dataStart -= eventStart;
            dataEnd -= eventStart;
        }
        eventStart = 0;
        buffer = target;
    }

    private void scan(Events events) {
        byte[] bytes = buffer;
        int to = end;
        int at = position;
        while (at < to) {
            if (afterCr && bytes[at] == '\n') {
                // The second half of CRLF.
                skipTo(at + 1);
                at++;
            }
            afterCr = false;
            int known = at == lineStart ? sameStart(at, to) : 0;
            at += known;
            while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
                at++;
            }
            if (at < to) {
                afterCr = bytes[at] == '\r';
                int next = at + 1;
                if (at == lineStart) {
                    dispatch(events);
                    eventStart = next;
                } else {
                    learnStart(known, at, to);
                    line(lineStart, at, events);
                }
                skipTo(next);
                at = next;
            }
        }
        position = at;
    }

    /** How many bytes from here on are those with which another line began. */
    private int sameStart(int from, int to) {
        int most = Math.min(to - from, startLength);
        int different = Arrays.mismatch(buffer, from, from + most, start, 0, most);
        return different < 0 ? most : different;
    }

    /** A copy, since the event's text is changed in place; only where more lines follow that may begin so. */
    private void learnStart(int known, int lineEnd, int to) {
        int length = lineEnd - lineStart;
        if (known < length / 2 && to - lineEnd > length) {
            startLength = Math.min(length, start.length);
            System.arraycopy(buffer, lineStart, start, 0, startLength);
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
    private void line(int lineFrom, int to, Events events) {
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
        } else if (from < to && (buffer[from] == '{' || buffer[from] == '[' || startsWith(QUOTED_MARK, from, to))) {
            data(from, to);
        } else if (isField(ERROR, from, to)) {
            error(afterMargin(from + ERROR.length, to), to, events);
        } else if (from < to && buffer[from] != ':') {
            behindJunk(from, to);
        }
    }

    /** An event by itself: what stands before it without a blank line is another. */
    private void error(int from, int to, Events events) {
        if (to - from > LONGEST_NO_ERROR || !NO_ERROR.contains(text(from, to))) {
            dispatch(events);
            name = Name.ERROR;
            data(from, to);
        }
    }

    /** A field in other letters, or with something before its name: left out, the answer would have a hole that nobody sees. */
    private void behindJunk(int from, int to) {
        int last = Math.min(to - DATA.length, from + MOST_JUNK);
        for (int at = from; at <= last; at++) {
            int payload = isField(DATA, at, to) ? afterMargin(at + DATA.length, to) : to;
            if (payload < to && (buffer[payload] == '{' || buffer[payload] == '[')) {
                data(payload, to);
                return;
            }
        }
    }

    /** In small letters or large. */
    private boolean isField(byte[] field, int at, int to) {
        for (int i = 0; i < field.length; i++) {
            if (at + i >= to || Character.toLowerCase(buffer[at + i]) != field[i]) {
                return false;
            }
        }
        return true;
    }

    /** Behind blanks, and behind the mark of UTF-8 that stands at the start of a file, or of each that a relay has put together. */
    private int afterMargin(int from, int to) {
        int at = from;
        while (at < to) {
            if (buffer[at] == ' ' || buffer[at] == '\t') {
                at++;
            } else if (startsWith(BOM, at, to)) {
                at += BOM.length;
            } else {
                break;
            }
        }
        return at;
    }

    private Name name(int from, int to) {
        String word = text(from, to);
        if (word.isEmpty() || word.equals("message")) {
            return Name.MESSAGE;
        }
        return word.contains("error") || word.contains("exception") ? Name.ERROR : Name.OTHER;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8)
                .strip()
                .toLowerCase(Locale.ROOT);
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
                && buffer[from] == prefix[0]
                && Arrays.equals(buffer, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
