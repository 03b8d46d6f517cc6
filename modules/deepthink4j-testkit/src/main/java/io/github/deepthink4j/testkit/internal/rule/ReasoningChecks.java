package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The four rules about {@code reasoning_content} in the input (docs/protocol.md, section 1.3), in the servers' words. */
final class ReasoningChecks {

    private static final String KEY = "reasoning_content";

    private ReasoningChecks() {}

    static @Nullable Refusal noReasoningBack(RequestFacts facts) {
        if (!facts.generation().isBefore(Generation.V3_2)) {
            return null;
        }
        for (JsonNode message : facts.messages()) {
            if (message.has(KEY) && !RequestJson.isPrefix(message)) {
                return Refusal.invalid("The reasoning_content is an intermediate result for display purposes only and"
                        + " will not be included in the context for inference. Please remove the reasoning_content"
                        + " from your message to reduce network traffic.");
            }
        }
        return null;
    }

    static @Nullable Refusal withinTurn(RequestFacts facts) {
        if (facts.generation() != Generation.V3_2 || !facts.thinking()) {
            return null;
        }
        List<JsonNode> messages = facts.messages();
        int start = Math.max(0, RequestJson.lastUser(messages));
        for (int i = start; i < messages.size(); i++) {
            if (RequestJson.callsTools(messages.get(i)) && !messages.get(i).has(KEY)) {
                return Refusal.invalid("Missing `reasoning_content` field in the assistant message at message index "
                        + i + ". For more information, please refer to"
                        + " https://api-docs.deepseek.com/guides/thinking_mode#tool-calls");
            }
        }
        return null;
    }

    static @Nullable Refusal onToolTurns(RequestFacts facts) {
        boolean applies = facts.generation() == Generation.V4 && facts.thinking();
        return applies && anyToolTurn(facts, message -> !message.has(KEY)) ? mustBePassedBack() : null;
    }

    static @Nullable Refusal withTools(RequestFacts facts) {
        boolean applies = !facts.generation().isBefore(Generation.V4_0731) && facts.thinking() && facts.hasTools();
        return applies && anyAssistant(facts.messages(), message -> !message.has(KEY)) ? mustBePassedBack() : null;
    }

    static @Nullable Refusal notEmpty(RequestFacts facts) {
        boolean applies = !facts.generation().isBefore(Generation.V4) && facts.thinking();
        return applies
                        && anyToolTurn(
                                facts, message -> message.path(KEY).asText("").isEmpty())
                ? mustBePassedBack()
                : null;
    }

    private static Refusal mustBePassedBack() {
        return Refusal.invalid("The `reasoning_content` in the thinking mode must be passed back to the API.");
    }

    private static boolean anyToolTurn(RequestFacts facts, Predicate<JsonNode> breach) {
        List<JsonNode> messages = facts.messages();
        for (int start = 0, end; start < messages.size(); start = end) {
            end = RequestJson.endOfTurn(messages, start);
            List<JsonNode> turn = messages.subList(start, end);
            if (turn.stream().anyMatch(RequestJson::callsTools) && anyAssistant(turn, breach)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyAssistant(List<JsonNode> messages, Predicate<JsonNode> breach) {
        return messages.stream()
                .filter(message -> RequestJson.role(message).equals("assistant"))
                .filter(message -> !RequestJson.isPrefix(message))
                .anyMatch(breach);
    }
}
