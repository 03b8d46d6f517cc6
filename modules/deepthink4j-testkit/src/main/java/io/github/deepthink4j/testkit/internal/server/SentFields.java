package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.answer.AnswerJson;
import io.github.deepthink4j.testkit.internal.answer.PlannedAnswer;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The further fields that answers had, such as the blocks of server tools: while such tools are declared, they must come back
 * unchanged with their messages (docs/protocol.md, section 2.12). What the server says where they do not was not seen.
 */
final class SentFields {

    private static final String CONTENT = "content";

    /** By the first call of a message, or by its text: alternatives, since a text may come again. */
    private final Map<String, List<Map<String, JsonNode>>> sent = new ConcurrentHashMap<>();

    /** The parts of contents that are no texts, as JSON. */
    private final Set<String> parts = ConcurrentHashMap.newKeySet();

    void add(PlannedAnswer plan, AnswerJson json) {
        if (!plan.fields().isEmpty()) {
            String key = plan.calls().isEmpty() ? "text " + plan.wholeText() : "call " + json.callId(0);
            sent.computeIfAbsent(key, name -> new CopyOnWriteArrayList<>()).add(plan.fields());
            blocks(plan.fields().get(CONTENT)).forEach(part -> parts.add(part.toString()));
        }
    }

    /** Whether an answer has had this among the parts of its content. */
    boolean isPart(JsonNode part) {
        return parts.contains(part.toString());
    }

    private static Stream<JsonNode> blocks(@Nullable JsonNode content) {
        return content == null || !content.isArray()
                ? Stream.of()
                : StreamSupport.stream(content.spliterator(), false)
                        .filter(part -> !part.path("type").asText("").equals("text"));
    }

    void clear() {
        sent.clear();
        parts.clear();
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

    private static boolean has(JsonNode message, Map<String, JsonNode> fields) {
        return fields.entrySet().stream()
                .allMatch(field -> hasField(field.getValue(), message.path(field.getKey()), field.getKey()));
    }

    /**
     * By their text, in which numbers of two kinds are the same. Of a content in parts the blocks alone: who has read a stream does not
     * know where in the text they stood.
     */
    private static boolean hasField(JsonNode sent, JsonNode returned, String name) {
        if (!name.equals(CONTENT) || !sent.isArray()) {
            return sent.toString().equals(returned.toString());
        }
        List<String> blocks = blocks(returned).map(JsonNode::toString).toList();
        return blocks(sent).map(JsonNode::toString).toList().equals(blocks);
    }
}
