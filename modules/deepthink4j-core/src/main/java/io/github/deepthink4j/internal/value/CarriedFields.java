package io.github.deepthink4j.internal.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields that an assistant's message has kept, as the value of an attribute: a JSON object, as text. A store may have made a map of it,
 * and anybody can write there.
 */
public final class CarriedFields {

    private CarriedFields() {}

    /**
     * The fields by their names.
     *
     * @param attribute the value; {@code null} if there is none
     * @return {@code null} if there is none, or it is no JSON object
     */
    public static @Nullable ObjectNode of(@Nullable Object attribute) {
        try {
            JsonNode fields = attribute instanceof String json
                    ? JsonTrees.exactly(json)
                    : attribute instanceof Map<?, ?> map ? new PlainTree().of(map) : null;
            return fields instanceof ObjectNode object ? object : null;
        } catch (IOException | RuntimeException e) {
            // What anybody has put there may throw anything where it is read.
            return null;
        }
    }

    /** Whether somebody else has written what nobody can read. */
    public static boolean isBroken(@Nullable Object attribute) {
        return attribute != null && of(attribute) == null;
    }

    /** Of an answer that has come in two parts: lists are joined, of all else the later one counts. */
    public static Object joined(Object before, Object behind) {
        ObjectNode one = of(before);
        ObjectNode other = of(behind);
        if (one == null || other == null) {
            return one == null ? behind : before;
        }
        Map<String, JsonNode> all = new TreeMap<>();
        one.properties().forEach(field -> all.put(field.getKey(), field.getValue()));
        other.properties().forEach(field -> all.merge(field.getKey(), field.getValue(), CarriedFields::both));
        return JsonTrees.text(all);
    }

    private static JsonNode both(JsonNode before, JsonNode behind) {
        return before instanceof ArrayNode one && behind instanceof ArrayNode other
                ? one.deepCopy().addAll(other)
                : behind;
    }
}
