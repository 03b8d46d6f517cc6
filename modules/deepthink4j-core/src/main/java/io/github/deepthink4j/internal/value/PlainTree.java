package io.github.deepthink4j.internal.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of maps, lists, texts, numbers and truth values, as a store makes them of JSON. Jackson goes round a cycle until the stack
 * is full; this is refused, and so is all that no JSON text would be read back from.
 */
final class PlainTree {

    /** As deep as Jackson reads. */
    private static final int DEEPEST = 1000;

    /** Far more than any answer has; a few lists that stand in each other often would be endless. */
    private static final int MOST = 1_000_000;

    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int values;

    /** @throws IllegalArgumentException if it is none, or has no end */
    JsonNode of(@Nullable Object value) {
        if (++values > MOST || open.size() > DEEPEST) {
            throw new IllegalArgumentException("too many values");
        }
        if (value instanceof Map<?, ?> map) {
            enter(map);
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.forEach((name, inner) -> object.set(name(name), of(inner)));
            open.remove(map);
            return object;
        }
        if (value instanceof Iterable<?> list && !(value instanceof JsonNode)) {
            enter(list);
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.forEach(inner -> array.add(of(inner)));
            open.remove(list);
            return array;
        }
        boolean isPlain = value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof JsonNode;
        if (!isPlain) {
            throw new IllegalArgumentException("no value of JSON");
        }
        return value == null ? JsonNodeFactory.instance.nullNode() : JsonTrees.tree(value);
    }

    private void enter(Object container) {
        if (!open.add(container)) {
            throw new IllegalArgumentException("it contains itself");
        }
    }

    private static String name(Object name) {
        if (name instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a field without a name");
    }
}
