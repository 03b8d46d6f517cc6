package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the text of a chunk stands, by the parser's own offsets.
 *
 * @param from from the start of the chunk, in bytes, behind the quotation mark
 * @param to   of the other quotation mark
 */
record TextPlace(int from, int to) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * @return {@code null} if it does not stand in the one delta of the one choice, once, as a string
     */
    static @Nullable TextPlace find(byte[] buffer, int offset, int length, String field) {
        try (JsonParser parser = JSON.createParser(buffer, offset, length)) {
            return new Search(parser, field).inChunk();
        } catch (IOException e) {
            // Larger than the parser's own limits, for all else has been read already.
            return null;
        }
    }

    private static final class Search {

        private final JsonParser parser;
        private final String field;
        private @Nullable TextPlace found;
        private int deltas;

        Search(JsonParser parser, String field) {
            this.parser = parser;
            this.field = field;
        }

        @Nullable
        TextPlace inChunk() throws IOException {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("choices") && value == JsonToken.START_ARRAY) {
                    inChoices();
                } else {
                    parser.skipChildren();
                }
            }
            return deltas == 1 ? found : null;
        }

        private void inChoices() throws IOException {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    JsonToken value = parser.nextToken();
                    if (name.equals("delta") && value == JsonToken.START_OBJECT) {
                        deltas++;
                        inDelta();
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }

        private void inDelta() throws IOException {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (!name.equals(field)) {
                    parser.skipChildren();
                } else if (value == JsonToken.VALUE_STRING && found == null) {
                    int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
                    parser.finishToken();
                    int to = (int) parser.currentLocation().getByteOffset() - 1;
                    found = new TextPlace(from, to);
                } else {
                    // A field that stands there twice, or is no string: which one counts is the reader's matter.
                    deltas++;
                    parser.skipChildren();
                }
            }
        }
    }
}
