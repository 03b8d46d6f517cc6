package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about the messages of a request (docs/protocol.md, section 1.3). */
final class MessageChecks {

    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

    private MessageChecks() {}

    static @Nullable Refusal present(RequestFacts facts) {
        return facts.messages().isEmpty() ? Refusal.invalid("Empty input messages") : null;
    }

    static @Nullable Refusal knownRoles(RequestFacts facts) {
        for (int i = 0; i < facts.messages().size(); i++) {
            String role = RequestJson.role(facts.messages().get(i));
            if (!ROLES.contains(role)) {
                return Refusal.unprocessable("messages[" + i + "].role: unknown variant `" + role
                        + "`, expected one of `system`, `user`, `assistant`, `tool`");
            }
        }
        return null;
    }

    static @Nullable Refusal noContentArrays(RequestFacts facts) {
        if (facts.generation() != Generation.R1 || !facts.thinking()) {
            return null;
        }
        for (JsonNode message : facts.messages()) {
            if (message.path("content").isArray()) {
                return Refusal.unprocessable("messages: invalid type: sequence, expected a string");
            }
        }
        return null;
    }

    static @Nullable Refusal assistantContent(RequestFacts facts) {
        for (JsonNode message : facts.messages()) {
            boolean assistant = RequestJson.role(message).equals("assistant");
            boolean content = message.hasNonNull("content");
            if (assistant && !content && !RequestJson.callsTools(message)) {
                return Refusal.invalid("Invalid assistant message: content or tool_calls must be set");
            }
            if (!assistant && !content) {
                return Refusal.unprocessable("messages: missing field `content`");
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
