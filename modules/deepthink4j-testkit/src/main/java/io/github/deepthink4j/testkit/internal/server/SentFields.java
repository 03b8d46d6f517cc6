package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.answer.AnswerJson;
import io.github.deepthink4j.testkit.internal.answer.PlannedAnswer;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The further fields that answers had, such as the blocks of server tools: while such tools are declared, they must come back
 * unchanged with their messages (docs/protocol.md, section 2.12). What the server says where they do not was not seen.
 */
final class SentFields {

    /** By the first call of a message, or by its text: alternatives, since a text may come again. */
    private final Map<String, List<Map<String, JsonNode>>> sent = new ConcurrentHashMap<>();

    void add(PlannedAnswer plan, AnswerJson json) {
        if (!plan.fields().isEmpty()) {
            String key = plan.calls().isEmpty() ? "text " + plan.wholeText() : "call " + json.callId(0);
            sent.computeIfAbsent(key, name -> new CopyOnWriteArrayList<>()).add(plan.fields());
        }
    }

    void clear() {
        sent.clear();
    }

    /** {@code null} if nothing is lost or changed. */
    @Nullable
    Refusal breach(RequestFacts facts) {
        if (sent.isEmpty() || !declaresServerTools(facts.body())) {
            return null;
        }
        for (int i = 0; i < facts.messages().size(); i++) {
            JsonNode message = facts.messages().get(i);
            List<Map<String, JsonNode>> alternatives = sent.get(key(message));
            if (alternatives != null && alternatives.stream().noneMatch(fields -> has(message, fields))) {
                return Refusal.invalid("The blocks of server tools must be passed back unchanged: messages[" + i
                        + "] has lost " + "or changed "
                        + String.join(", ", alternatives.get(0).keySet()) + ".");
            }
        }
        return null;
    }

    private static boolean declaresServerTools(JsonNode body) {
        for (JsonNode tool : body.path("tools")) {
            if (tool.path("type").asText("").startsWith("deepseek_")) {
                return true;
            }
        }
        return false;
    }

    private static String key(JsonNode message) {
        if (!message.path("role").asText("").equals("assistant")) {
            return "";
        }
        JsonNode calls = message.path("tool_calls");
        return calls.isEmpty()
                ? "text " + message.path("content").asText("")
                : "call " + calls.get(0).path("id").asText("");
    }

    /** By their text, in which numbers of two kinds are the same. */
    private static boolean has(JsonNode message, Map<String, JsonNode> fields) {
        return fields.entrySet().stream()
                .allMatch(field -> field.getValue()
                        .toString()
                        .equals(message.path(field.getKey()).toString()));
    }
}
