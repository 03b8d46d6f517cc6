package io.github.deepthink4j.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON whose shape is not known before, by Jackson's databind. It stands alone here because the first use loads some hundred
 * classes, which an ordinary call does not need.
 */
public final class JsonTrees {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonTrees() {}

    /** The value at which a parser stands, which moves to its last token. */
    public static JsonNode read(JsonParser parser) throws IOException {
        return MAPPER.readTree(parser);
    }

    /** A missing node if there is nothing in the text. */
    public static JsonNode read(String json) throws IOException {
        return MAPPER.readTree(json);
    }

    /** Any value that Jackson can write, as the maps, lists, texts and numbers that its JSON is. */
    public static @Nullable Object plain(Object value) {
        return MAPPER.convertValue(value, Object.class);
    }

    /** Any value that Jackson can write. */
    public static void write(JsonGenerator json, Object value) throws IOException {
        MAPPER.writeValue(json, value);
    }
}
