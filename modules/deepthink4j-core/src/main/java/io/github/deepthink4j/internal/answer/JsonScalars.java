package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Values that hosts write with another type than the API has: nothing is lost for a pair of quotes. */
final class JsonScalars {

    /** Up to here a {@code double} knows each integer. */
    private static final double MOST = 1L << 53;

    private JsonScalars() {}

    /** A text, or a number or truth value as it was written; {@code null} for all else. */
    static @Nullable String text(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    /** An integer, also one in quotes or with a fraction, which is cut off; {@code null} for all else. */
    static @Nullable Long integer(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric()) {
            double value = parser.getDoubleValue();
            return Math.abs(value) < MOST ? Long.valueOf((long) value) : null;
        }
        if (token == JsonToken.VALUE_STRING) {
            try {
                return Long.valueOf(parser.getText().strip());
            } catch (NumberFormatException e) {
                return null;
            }
        }
        parser.skipChildren();
        return null;
    }
}
