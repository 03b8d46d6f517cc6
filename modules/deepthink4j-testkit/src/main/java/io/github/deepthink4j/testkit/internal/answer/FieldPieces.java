package io.github.deepthink4j.testkit.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of a message as a stream might bring it, after the pattern of {@code tool_calls}: each item of a list comes by itself with
 * its {@code index}, first with one half of its texts, then with the other. A field that is no such list comes in one piece.
 */
final class FieldPieces {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FieldPieces() {}

    static List<JsonNode> of(JsonNode value) {
        boolean items = value.isArray() && !value.isEmpty();
        for (JsonNode item : value) {
            items &= item.path("index").isInt();
        }
        if (!items) {
            return List.of(value);
        }
        List<JsonNode> pieces = new ArrayList<>();
        for (JsonNode item : value) {
            ObjectNode first = JSON.objectNode();
            ObjectNode second = JSON.objectNode();
            item.properties().forEach(field -> {
                JsonNode part = field.getValue();
                boolean says =
                        part.isTextual() && !List.of("id", "type", "status").contains(field.getKey());
                String text = says ? part.textValue() : "";
                int half = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
                first.set(field.getKey(), says ? TextNode.valueOf(text.substring(0, half)) : part);
                if (says) {
                    second.put(field.getKey(), text.substring(half));
                }
            });
            second.set("index", item.get("index"));
            pieces.add(listOf(first));
            pieces.add(listOf(second));
        }
        return pieces;
    }

    private static ArrayNode listOf(ObjectNode item) {
        return JSON.arrayNode().add(item);
    }
}
