package io.github.deepthink4j.testkit.internal.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value and where it ends, since the server's words name the place.
 *
 * @param items   of a list
 * @param fields  of an object, in order; of a name that is there twice, the last
 * @param doubled the names that are there twice, and where
 */
record Located(JsonNode json, Place end, List<Located> items, Map<String, Located> fields, Map<String, Place> doubled) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The value that begins with the parser's token. */
    static Located read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(parser);
        }
        if (token == JsonToken.START_ARRAY) {
            return list(parser);
        }
        JsonNode scalar = scalar(parser, token);
        return new Located(scalar, Place.of(parser.currentLocation()), List.of(), Map.of(), Map.of());
    }

    private static JsonNode scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> JSON.textNode(halvesRefused(parser, parser.getText()));
            case VALUE_NUMBER_INT -> JSON.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> JSON.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> JSON.booleanNode(true);
            case VALUE_FALSE -> JSON.booleanNode(false);
            default -> JSON.nullNode();
        };
    }

    private static Located object(JsonParser parser) throws IOException {
        ObjectNode json = JSON.objectNode();
        Map<String, Located> fields = new LinkedHashMap<>();
        Map<String, Place> doubled = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = halvesRefused(parser, parser.currentName());
            if (fields.containsKey(name)) {
                doubled.put(name, Place.of(parser.currentLocation()));
            }
            parser.nextToken();
            Located value = read(parser);
            fields.put(name, value);
            json.set(name, value.json());
        }
        return new Located(json, Place.of(parser.currentLocation()), List.of(), fields, doubled);
    }

    private static Located list(JsonParser parser) throws IOException {
        ArrayNode json = JSON.arrayNode();
        List<Located> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Located item = read(parser);
            items.add(item);
            json.add(item.json());
        }
        return new Located(json, Place.of(parser.currentLocation()), items, Map.of(), Map.of());
    }

    /** Jackson takes half a character; the server does not. */
    private static String halvesRefused(JsonParser parser, String text) throws HalfCharacterException {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean pair = Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(character)) {
                boolean escaped = i + 1 < text.length() && Character.isSurrogate(text.charAt(i + 1));
                throw new HalfCharacterException(
                        parser,
                        Character.isHighSurrogate(character) && !escaped
                                ? "unexpected end of hex escape"
                                : "lone leading surrogate in hex escape");
            }
        }
        return text;
    }
}
