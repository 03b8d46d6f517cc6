package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses a body that is an answer by itself. Its text is most of it: made straight from the bytes, not from characters that the
 * parser would gather in buffers which double, it takes a quarter of the memory.
 */
final class BodyParser extends JsonParserDelegate {

    /** Shorter ones fit into the parser's buffer, which is used again. */
    private static final int LONG = 1024;

    private final byte[] body;
    private final int offset;
    private final int end;
    private int readFrom = -1;
    private @Nullable String text;

    /**
     * @param parser of these bytes
     * @param body   what has been read of it is blank afterwards
     */
    BodyParser(JsonParser parser, byte[] body, int offset, int length) {
        super(parser);
        this.body = body;
        this.offset = offset;
        this.end = offset + length;
    }

    @Override
    public String getText() throws IOException {
        if (currentToken() != JsonToken.VALUE_STRING) {
            return super.getText();
        }
        int from = offset + (int) currentTokenLocation().getByteOffset() + 1;
        if (from != readFrom) {
            readFrom = from;
            text = longText(from);
        }
        return text == null ? super.getText() : text;
    }

    private @Nullable String longText(int from) {
        int to = LongJsonText.end(body, from, end);
        if (to - from < LONG || to == end) {
            return null;
        }
        String read = LongJsonText.read(body, from, to);
        if (read != null) {
            // Escapes may have been undone there, and the parser, which has yet to pass this string, must not stumble
            // over it.
            Arrays.fill(body, from, to, (byte) ' ');
        }
        return read;
    }
}
