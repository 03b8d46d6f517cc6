package io.github.deepthink4j.testkit.internal.shape;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;

/** One half of a character that takes two, in the server's words. */
final class HalfCharacterException extends JsonParseException {

    private static final long serialVersionUID = 1L;

    HalfCharacterException(JsonParser parser, String words) {
        super(parser, words);
    }
}
