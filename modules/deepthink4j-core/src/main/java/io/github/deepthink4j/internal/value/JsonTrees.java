package io.github.deepthink4j.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON whose shape is not known before, by Jackson's databind. It stands alone here because the first use loads some hundred
 * classes, which an ordinary call does not need.
 */
public final class JsonTrees {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Of numbers no digit is lost. */
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonTrees() {}

    /** The value at which a parser stands, which moves to its last token. */
    public static JsonNode read(JsonParser parser) throws IOException {
        return MAPPER.readTree(parser);
    }

    /** The value at which a parser stands, with the numbers as they are written. */
    public static JsonNode exactly(JsonParser parser) throws IOException {
        return WrittenTree.at(parser);
    }

    /**
     * A missing node if there is nothing in the text; with the numbers as they are written.
     *
     * @throws IOException if it is no JSON, or there is something behind it
     */
    public static JsonNode exactly(String json) throws IOException {
        try (JsonParser parser = EXACT.createParser(json)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode value = WrittenTree.at(parser);
            if (parser.nextToken() != null) {
                throw new IOException("there is something behind the JSON");
            }
            return value;
        }
    }

    /** A missing node if there is nothing in the text. */
    public static JsonNode read(String json) throws IOException {
        return MAPPER.readTree(json);
    }

    /** Any value that Jackson can write, as the maps, lists, texts and numbers that its JSON is. */
    public static @Nullable Object plain(Object value) {
        return MAPPER.convertValue(value, Object.class);
    }

    /** Any value that Jackson can write, as its JSON. */
    public static JsonNode tree(Object value) {
        return EXACT.valueToTree(value);
    }

    /** As one line. */
    public static String text(Map<String, JsonNode> fields) {
        ObjectNode object = EXACT.createObjectNode();
        fields.forEach(object::set);
        return object.toString();
    }

    /** Any value that Jackson can write. */
    public static void write(JsonGenerator json, Object value) throws IOException {
        MAPPER.writeValue(json, value);
    }
}
