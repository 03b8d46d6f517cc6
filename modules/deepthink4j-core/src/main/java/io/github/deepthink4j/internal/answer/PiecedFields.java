package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields of the assistant's message that nobody here knows, put together from their pieces as those that are known are: texts are
 * joined, objects field by field, and list items by their {@code index}, or one behind the other where they have none. How the blocks
 * of server tools come in chat completions was not seen (docs/protocol.md, section 2.12), so all of it is a reading by analogy.
 */
final class PiecedFields {

    /** What an object is, and not what it says: it may be repeated with each piece, and the last one counts. */
    private static final Set<String> IDENTITY = Set.of("id", "type", "role", "object", "name", "status", "call_id");

    /** The field that is known, but of whose parts not all are. */
    static final String CONTENT = "content";

    private final Map<String, List<JsonNode>> pieces = new LinkedHashMap<>();

    /**
     * @param whole whether it is all of the field, whatever came before
     */
    void add(String name, JsonNode piece, boolean whole) {
        List<JsonNode> soFar = pieces.computeIfAbsent(name, key -> new ArrayList<>());
        if (whole) {
            soFar.clear();
        }
        soFar.add(piece);
    }

    /** By name, in the order in which they came. */
    Map<String, JsonNode> together() {
        Map<String, JsonNode> together = new LinkedHashMap<>();
        pieces.forEach((name, parts) -> together.put(name, joined(name, parts)));
        return together;
    }

    private static JsonNode joined(String name, List<JsonNode> parts) {
        JsonNode last = parts.get(parts.size() - 1);
        if (parts.size() == 1) {
            return last;
        }
        if (parts.stream().allMatch(JsonNode::isTextual)) {
            return IDENTITY.contains(name) ? lastFilled(parts) : text(parts);
        }
        if (parts.stream().allMatch(JsonNode::isObject)) {
            return object(parts);
        }
        if (parts.stream().allMatch(JsonNode::isArray)) {
            return list(name, parts);
        }
        boolean counts = IDENTITY.contains(name) || parts.stream().noneMatch(PiecedFields::isJoined);
        return counts ? last : mixed(name, parts);
    }

    /** Whether pieces of its kind are put together, and the last one is not all. */
    private static boolean isJoined(JsonNode part) {
        return part.isTextual() || part.isContainerNode();
    }

    /** Pieces of several kinds: a list of what each kind in turn amounts to, so that nothing of it is lost. */
    private static ArrayNode mixed(String name, List<JsonNode> parts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        List<JsonNode> same = new ArrayList<>();
        for (JsonNode part : parts) {
            if (!same.isEmpty() && kind(same.get(0)) != kind(part)) {
                addTo(list, joined(name, same));
                same.clear();
            }
            same.add(part);
        }
        addTo(list, joined(name, same));
        return list;
    }

    /** Numbers, truth values and nulls take each other's place. */
    private static @Nullable JsonNodeType kind(JsonNode part) {
        return isJoined(part) ? part.getNodeType() : null;
    }

    private static void addTo(ArrayNode list, JsonNode joined) {
        if (joined instanceof ArrayNode items) {
            list.addAll(items);
        } else if (!joined.isNull()) {
            list.add(joined);
        }
    }

    private static JsonNode lastFilled(List<JsonNode> parts) {
        JsonNode found = parts.get(0);
        for (JsonNode part : parts) {
            found = part.textValue().isEmpty() ? found : part;
        }
        return found;
    }

    private static JsonNode text(List<JsonNode> parts) {
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(part.textValue()));
        return TextNode.valueOf(all.toString());
    }

    private static JsonNode object(List<JsonNode> parts) {
        Map<String, List<JsonNode>> fields = new LinkedHashMap<>();
        for (JsonNode part : parts) {
            part.properties().forEach(field -> {
                List<JsonNode> soFar = fields.computeIfAbsent(field.getKey(), key -> new ArrayList<>());
                // Deltas have nulls for what they do not say.
                if (!field.getValue().isNull()) {
                    // A null stands alone: looking for it in all that has come would take a time that grows with its
                    // square.
                    if (soFar.size() == 1 && soFar.get(0).isNull()) {
                        soFar.clear();
                    }
                    soFar.add(field.getValue());
                } else if (soFar.isEmpty()) {
                    soFar.add(field.getValue());
                }
            });
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, values) -> object.set(name, joined(name, values)));
        return object;
    }

    private static JsonNode list(String name, List<JsonNode> parts) {
        boolean indexed = parts.stream().allMatch(PiecedFields::isIndexed);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (!indexed) {
            for (JsonNode part : parts) {
                // Some repeat with each piece what was said before it.
                if (beginsWith(part, list)) {
                    list.removeAll();
                }
                list.addAll((ArrayNode) part);
            }
            return list;
        }
        Map<Long, List<JsonNode>> items = new LinkedHashMap<>();
        for (JsonNode part : parts) {
            part.forEach(item -> items.computeIfAbsent(item.get("index").longValue(), index -> new ArrayList<>())
                    .add(item));
        }
        items.values().forEach(item -> list.add(joined(name, item)));
        return list;
    }

    private static boolean isIndexed(JsonNode list) {
        for (JsonNode item : list) {
            if (!item.path("index").isIntegralNumber()) {
                return false;
            }
        }
        return true;
    }

    private static boolean beginsWith(JsonNode list, ArrayNode beginning) {
        if (beginning.isEmpty() || list.size() < beginning.size()) {
            return false;
        }
        for (int i = 0; i < beginning.size(); i++) {
            if (!beginning.get(i).equals(list.get(i))) {
                return false;
            }
        }
        return true;
    }
}
