package io.github.deepthink4j.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Goes through the texts of a chunk, each with the place where it stands, and puts others there. Choices and calls have their
 * place by their {@code index}; the elements of a list without are one text, in their order, as a list of tokens is.
 */
final class ChunkTexts {

    /** Say again, of one token, what it is or what else it might have been. */
    private static final Set<String> BESIDE_A_TOKEN = Set.of("bytes", "top_logprobs");

    private final BinaryOperator<String> shown;

    /** @param shown of a place and the text there, what is to stand there */
    ChunkTexts(BinaryOperator<String> shown) {
        this.shown = shown;
    }

    /** Whether one has become another. */
    boolean visit(JsonNode chunk) {
        return visit(chunk, "");
    }

    private boolean visit(JsonNode value, String place) {
        if (value instanceof ObjectNode object) {
            return visit(object, place);
        }
        return value instanceof ArrayNode list && visit(list, place);
    }

    private boolean visit(ObjectNode object, String place) {
        boolean changed = false;
        boolean token = false;
        for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
            String at = place + "/" + field.getKey();
            JsonNode value = field.getValue();
            if (value.isTextual()) {
                String text = shown.apply(at, value.textValue());
                if (!text.equals(value.textValue())) {
                    object.put(field.getKey(), text);
                    changed = true;
                    token |= field.getKey().equals("token");
                }
            } else {
                boolean within = visit(value, at);
                changed |= within;
                token |= within && field.getKey().equals("tokens");
            }
        }
        if (token) {
            object.remove(BESIDE_A_TOKEN);
        }
        return changed;
    }

    private boolean visit(ArrayNode list, String place) {
        boolean changed = false;
        for (int i = 0; i < list.size(); i++) {
            JsonNode element = list.get(i);
            JsonNode index = element.path("index");
            String at = place + "/" + (index.isValueNode() ? index.asText() : "");
            if (element.isTextual()) {
                String text = shown.apply(at, element.textValue());
                if (!text.equals(element.textValue())) {
                    list.set(i, text);
                    changed = true;
                }
            } else {
                changed |= visit(element, at);
            }
        }
        return changed;
    }
}
