package io.github.deepthink4j.testkit.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;

/** A request in a few lines, for messages of failed tests. */
final class RequestSummary {

    private static final int LINE = 160;
    private static final int MESSAGES = 12;
    private static final List<String> SHOWN_ELSEWHERE = List.of("model", "messages", "tools", "stream");

    private RequestSummary() {}

    static String of(SimulatedRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add(request.method() + " " + request.path() + ", model " + request.model()
                + (request.thinking() ? ", thinking" : ", not thinking") + (request.stream() ? ", streamed" : ", whole")
                + (request.status() == 0 ? "" : ", answered with " + request.status())
                + (request.cancelled() ? ", cancelled" : ""));
        List<JsonNode> messages = request.messages();
        int left = Math.max(0, messages.size() - MESSAGES);
        if (left > 0) {
            lines.add("  (" + left + " earlier messages)");
        }
        for (int i = left; i < messages.size(); i++) {
            lines.add("  [" + i + "] " + message(messages.get(i)));
        }
        if (request.hasTools()) {
            lines.add("  tools: " + String.join(", ", request.toolNames()));
        }
        request.body().properties().stream()
                .filter(field -> !SHOWN_ELSEWHERE.contains(field.getKey()))
                .forEach(field -> lines.add("  " + shortened(field.getKey() + ": " + field.getValue())));
        request.warnings().forEach(warning -> lines.add("  warning: " + warning));
        return String.join("\n", lines);
    }

    private static String message(JsonNode message) {
        List<String> parts = new ArrayList<>();
        if (message.has("reasoning_content")) {
            parts.add("(thought: " + shortened(message.path("reasoning_content").asText("")) + ")");
        }
        parts.add(shortened(RequestJson.text(message)));
        for (JsonNode call : message.path("tool_calls")) {
            parts.add("-> " + call.at("/function/name").asText()
                    + shortened(call.at("/function/arguments").asText()));
        }
        parts.removeIf(String::isEmpty);
        return RequestJson.role(message) + ": " + String.join(" ", parts);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").trim();
        return line.length() <= LINE ? line : line.substring(0, LINE) + "... (" + line.length() + " characters)";
    }
}
