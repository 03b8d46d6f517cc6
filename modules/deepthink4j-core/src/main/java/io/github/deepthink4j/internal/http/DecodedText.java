package io.github.deepthink4j.internal.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A body as text for a log, although its characters may be cut over two reads. */
final class DecodedText {

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer undecoded = ByteBuffer.allocate(0);

    /** The characters that are whole. */
    String add(ByteBuffer bytes) {
        return decoded(bytes.duplicate(), false);
    }

    /** The rest. */
    String end() {
        return decoded(ByteBuffer.allocate(0), true);
    }

    private String decoded(ByteBuffer more, boolean last) {
        ByteBuffer bytes = ByteBuffer.allocate(undecoded.remaining() + more.remaining());
        bytes.put(undecoded).put(more).flip();
        CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
        CoderResult result = decoder.decode(bytes, chars, last);
        assert !result.isOverflow() : "UTF-8 has no more characters than bytes";
        undecoded = bytes;
        return chars.flip().toString();
    }
}
