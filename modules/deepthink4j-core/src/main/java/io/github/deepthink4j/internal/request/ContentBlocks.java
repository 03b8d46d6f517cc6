package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The content of an answer that came in parts, of which some are blocks of server tools, as it goes back. */
final class ContentBlocks {

    private ContentBlocks() {}

    /**
     * The parts as they came, if their text is that of the message still; else the blocks, and behind them the text. Of a streamed
     * answer the blocks alone were kept.
     */
    static JsonNode around(String text, JsonNode parts) {
        StringBuilder said = new StringBuilder();
        ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
        for (JsonNode part : parts) {
            if (part.path("text").isTextual()) {
                said.append(part.path("text").textValue());
            } else {
                blocks.add(part);
            }
        }
        if (said.toString().equals(text)) {
            return parts;
        }
        if (!text.isEmpty()) {
            blocks.addObject().put("type", "text").put("text", text);
        }
        return blocks;
    }
}
