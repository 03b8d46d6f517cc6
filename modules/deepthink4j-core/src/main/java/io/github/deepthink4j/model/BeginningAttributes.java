package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.langchain4j.data.message.AiMessage;
import io.github.deepthink4j.internal.value.JsonTrees;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The attributes of an answer that has come in two parts, such as what server tools have left in each of them. */
final class BeginningAttributes {

    private BeginningAttributes() {}

    static Map<String, Object> joined(AiMessage beginning, AiMessage rest) {
        Map<String, Object> all = new HashMap<>(beginning.attributes());
        // The rest has begun with the other half, or anew.
        if (hasContent(rest)) {
            all.remove(HalfCharacter.ATTRIBUTE);
        }
        all.putAll(rest.attributes());
        Object before = beginning.attributes().get(ReasoningDialect.CARRIED_ATTRIBUTE);
        Object behind = rest.attributes().get(ReasoningDialect.CARRIED_ATTRIBUTE);
        if (before instanceof String one && behind instanceof String other) {
            all.put(ReasoningDialect.CARRIED_ATTRIBUTE, carried(one, other));
        }
        return all;
    }

    private static boolean hasContent(AiMessage rest) {
        boolean spoken = rest.text() != null && !rest.text().isEmpty();
        boolean thought = rest.thinking() != null && !rest.thinking().isEmpty();
        return spoken || thought || rest.hasToolExecutionRequests();
    }

    /** Lists are joined, of all else the later one counts. */
    private static String carried(String before, String behind) {
        try {
            Map<String, JsonNode> all = new TreeMap<>();
            JsonTrees.exactly(before).properties().forEach(field -> all.put(field.getKey(), field.getValue()));
            JsonTrees.exactly(behind)
                    .properties()
                    .forEach(field -> all.merge(field.getKey(), field.getValue(), BeginningAttributes::both));
            return JsonTrees.text(all);
        } catch (IOException e) {
            // Somebody else has written one of them.
            return behind;
        }
    }

    private static JsonNode both(JsonNode before, JsonNode behind) {
        return before instanceof ArrayNode one && behind instanceof ArrayNode other
                ? one.deepCopy().addAll(other)
                : behind;
    }
}
