package io.github.deepthink4j.testkit.internal.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What serde_json, the server's parser, says of a body that is no JSON, with the path before it and the place behind it. Seen
 * were the half character and the end within a text (docs/protocol.md, section 12); the others are the parser's published words.
 */
final class SyntaxWords {

    private SyntaxWords() {}

    static String of(JsonParser parser, JsonProcessingException error) {
        JsonStreamContext context = parser.getParsingContext();
        String words = words(context, error);
        boolean betweenValues = words.contains("`,`")
                || words.contains("comma")
                || words.contains("key")
                || words.contains("an object");
        String path = path(betweenValues ? context.getParent() : context);
        return (path.isEmpty() ? "" : path + ": ") + words + place(parser, error);
    }

    private static String words(JsonStreamContext context, JsonProcessingException error) {
        String said = error.getOriginalMessage();
        if (error instanceof HalfCharacterException) {
            return said;
        }
        if (error instanceof StreamConstraintsException) {
            return "recursion limit exceeded";
        }
        String lower = said.toLowerCase(Locale.ROOT);
        if (error instanceof JsonEOFException) {
            return "EOF while parsing " + unfinished(context, lower);
        }
        if (lower.contains("between object entries") || lower.contains("separate object entries")) {
            return "expected `,` or `}`";
        }
        if (lower.contains("between array entries") || lower.contains("separate array entries")) {
            return "expected `,` or `]`";
        }
        if (lower.contains("expecting a colon")) {
            return "expected `:`";
        }
        if (lower.contains("to start field name")) {
            return lower.contains("('}'") ? "trailing comma" : "key must be a string";
        }
        if (lower.startsWith("unrecognized token")) {
            // It may have become null, true or false.
            return lower.matches("unrecognized token '[ntf].*") ? "expected ident" : "expected value";
        }
        if (lower.contains("escape")) {
            return "invalid escape";
        }
        if (lower.contains("unquoted character")) {
            return "control character (\\u0000-\\u001F) found while parsing a string";
        }
        if (lower.contains("utf-8")) {
            return "invalid unicode code point";
        }
        if (lower.contains("numeric")) {
            return "invalid number";
        }
        return "expected value";
    }

    private static String unfinished(JsonStreamContext context, String said) {
        if (said.contains("string") || said.contains("field name")) {
            return "a string";
        }
        if (context.inObject()) {
            return "an object";
        }
        return context.inArray() ? "a list" : "a value";
    }

    /** The server counts the character that it does not want, Jackson does not. */
    private static Place place(JsonParser parser, JsonProcessingException error) {
        Place place = Place.of(error.getLocation() == null ? parser.currentLocation() : error.getLocation());
        boolean unwanted = String.valueOf(error.getOriginalMessage()).startsWith("Unexpected character");
        return unwanted ? new Place(place.line(), place.column() + 1) : place;
    }

    /** Such as {@code messages[3].content}. */
    private static String path(@Nullable JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String before = path(context.getParent());
        if (context.inArray()) {
            return before + "[" + context.getCurrentIndex() + "]";
        }
        String name = context.getCurrentName();
        return name == null ? before : before.isEmpty() ? name : before + "." + name;
    }
}
