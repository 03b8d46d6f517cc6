package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The content of an answer that came in parts, of which some are blocks of server tools, as it goes back. */
final class ContentBlocks {

    private ContentBlocks() {}

    /**
     * The parts as they came, if their text is that of the message still; else the blocks, and behind them the text, with what stood beside
     * it in its parts, such as citations. Of a streamed answer the blocks alone were kept.
     */
    static JsonNode around(String text, JsonNode parts) {
        StringBuilder said = new StringBuilder();
        ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
        ObjectNode whole = JsonNodeFactory.instance.objectNode().put("type", "text");
        for (JsonNode part : parts) {
            if (part.path("text").isTextual()) {
                said.append(part.path("text").textValue());
                part.properties().forEach(field -> beside(whole, field.getKey(), field.getValue()));
            } else {
                blocks.add(part);
            }
        }
        if (said.toString().equals(text)) {
            return parts;
        }
        if (!text.isEmpty()) {
            blocks.add(whole.put("text", text));
        }
        return blocks;
    }

    /** Lists are joined, of all else the last one counts. */
    private static void beside(ObjectNode whole, String name, JsonNode value) {
        if (whole.get(name) instanceof ArrayNode before && value instanceof ArrayNode behind) {
            whole.set(name, before.deepCopy().addAll(behind));
        } else if (!name.equals("index")) {
            whole.set(name, value);
        }
    }
}
