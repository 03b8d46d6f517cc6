package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about the messages of a request (docs/protocol.md, section 1.3). */
final class MessageChecks {

    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageChecks() {}

    static @Nullable Refusal present(RequestFacts facts) {
        return facts.messages().isEmpty() ? Refusal.invalid("Empty input messages") : null;
    }

    static @Nullable Refusal assistantContent(RequestFacts facts) {
        for (JsonNode message : facts.messages()) {
            boolean assistant = RequestJson.role(message).equals("assistant");
            boolean content = message.hasNonNull("content");
            if (assistant && !content && !RequestJson.callsTools(message)) {
                return Refusal.invalid("Invalid assistant message: content or tool_calls must be set");
            }
        }
        return null;
    }

    static @Nullable Refusal alternatingRoles(RequestFacts facts) {
        if (facts.generation() != Generation.R1 || !facts.thinking()) {
            return null;
        }
        List<JsonNode> messages = facts.messages();
        for (int i = 1; i < messages.size(); i++) {
            String role = RequestJson.role(messages.get(i));
            if (!role.equals("system") && role.equals(RequestJson.role(messages.get(i - 1)))) {
                return Refusal.invalid("deepseek-reasoner does not support successive user or assistant messages "
                        + "(messages[" + (i - 1) + "] and messages[" + i + "] in your input). "
                        + "You should interleave the user/assistant messages in the message sequence.");
            }
        }
        return null;
    }

    static @Nullable Refusal toolResultsMatch(RequestFacts facts) {
        Set<String> open = new LinkedHashSet<>();
        for (JsonNode message : facts.messages()) {
            if (RequestJson.role(message).equals("tool")) {
                if (!open.remove(message.path("tool_call_id").asText(""))) {
                    return Refusal.invalid("Messages with role 'tool' must be a response to a preceding message with"
                            + " 'tool_calls'");
                }
            } else {
                if (!open.isEmpty()) {
                    return unanswered();
                }
                message.path("tool_calls")
                        .forEach(call -> open.add(call.path("id").asText("")));
            }
        }
        return open.isEmpty() ? null : unanswered();
    }

    private static Refusal unanswered() {
        return Refusal.invalid("An assistant message with 'tool_calls' must be followed by tool messages responding to"
                + " each 'tool_call_id'. (insufficient tool messages following tool_calls message)");
    }

    static @Nullable Refusal uniqueCallIds(RequestFacts facts) {
        Set<String> known = new HashSet<>();
        for (int i = 0; i < facts.messages().size(); i++) {
            JsonNode message = facts.messages().get(i);
            String id = message.path("tool_call_id").asText("");
            boolean answers = RequestJson.role(message).equals("tool")
                    && !facts.generation().isBefore(Generation.V4);
            if (answers && !known.add(id)) {
                return Refusal.invalid("Duplicate value for 'tool_call_id' of " + id + " in message[" + i + "]");
            }
        }
        return null;
    }

    /** What is really said of these was not seen: written after the pattern of the parser's words. */
    static @Nullable Refusal callArguments(RequestFacts facts) {
        for (int i = 0; i < facts.messages().size(); i++) {
            for (JsonNode call : facts.messages().get(i).path("tool_calls")) {
                if (!isJson(call.at("/function/arguments").asText(""))) {
                    return Refusal.invalid("Invalid assistant message: messages[" + i
                            + "].tool_calls: function.arguments must be valid JSON");
                }
            }
        }
        return null;
    }

    private static boolean isJson(String text) {
        try {
            return JSON.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text)
                    .isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    static @Nullable Refusal prefixOnBeta(RequestFacts facts) {
        for (int i = 0; i < facts.messages().size(); i++) {
            JsonNode message = facts.messages().get(i);
            if (RequestJson.isPrefix(message)) {
                if (!facts.beta()) {
                    return Refusal.invalid("prefix is only available when using beta api "
                            + "(set base_url=\"https://api.deepseek.com/beta\")");
                }
                if (i < facts.messages().size() - 1
                        || !RequestJson.role(message).equals("assistant")) {
                    return Refusal.invalid("The last message must be an assistant message with prefix");
                }
            }
        }
        return null;
    }
}
