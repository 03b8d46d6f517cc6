package io.github.deepthink4j.model;

import dev.langchain4j.data.message.AiMessage;
import io.github.deepthink4j.internal.value.CarriedFields;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.util.HashMap;
import java.util.Map;

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
        if (before != null && behind != null) {
            all.put(ReasoningDialect.CARRIED_ATTRIBUTE, CarriedFields.joined(before, behind));
        }
        return all;
    }

    private static boolean hasContent(AiMessage rest) {
        boolean spoken = rest.text() != null && !rest.text().isEmpty();
        boolean thought = rest.thinking() != null && !rest.thinking().isEmpty();
        return spoken || thought || rest.hasToolExecutionRequests();
    }
}
