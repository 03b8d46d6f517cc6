package io.github.deepthink4j.internal.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A body as text for a log, with its secrets masked although they, and characters, may be cut over two reads: what is given
 * out ends with a line, or, in a line without an end, long before what has come last.
 */
final class MaskedText {

    private static final int LONGEST_LINE = 64 * 1024;

    /** More than any secret, in any of its forms, is long. */
    private static final int HELD_BACK = 8 * 1024;

    private final Secrets secrets;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private final StringBuilder text = new StringBuilder();

    MaskedText(Secrets secrets) {
        this.secrets = secrets;
    }

    /** What can be shown now; perhaps nothing. */
    String add(ByteBuffer bytes) {
        decode(bytes.duplicate(), false);
        int lines = text.lastIndexOf("\n") + 1;
        if (lines > 0) {
            return taken(lines);
        }
        if (text.length() < LONGEST_LINE) {
            return "";
        }
        String masked = secrets.masked(text.toString());
        int end = Math.max(0, masked.length() - HELD_BACK);
        text.setLength(0);
        text.append(masked, end, masked.length());
        return masked.substring(0, end);
    }

    /** The rest. */
    String end() {
        decode(ByteBuffer.allocate(0), true);
        return taken(text.length());
    }

    private String taken(int length) {
        String shown = secrets.masked(text.substring(0, length));
        text.delete(0, length);
        return shown;
    }

    private void decode(ByteBuffer more, boolean last) {
        ByteBuffer bytes = ByteBuffer.allocate(undecoded.remaining() + more.remaining());
        bytes.put(undecoded).put(more).flip();
        CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
        CoderResult result = decoder.decode(bytes, chars, last);
        assert !result.isOverflow() : "UTF-8 has no more characters than bytes";
        text.append(chars.flip());
        undecoded = bytes;
    }
}
