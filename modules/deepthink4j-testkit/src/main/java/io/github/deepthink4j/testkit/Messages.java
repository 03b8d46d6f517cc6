package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads a request's messages. */
final class Messages {

    private Messages() {}

    static List<JsonNode> of(JsonNode body) {
        List<JsonNode> messages = new ArrayList<>();
        body.path("messages").forEach(messages::add);
        return messages;
    }

    static String role(JsonNode message) {
        return message.path("role").asText("");
    }

    static boolean callsTools(JsonNode message) {
        return !message.path("tool_calls").isEmpty();
    }

    /** The text of a message, be it a string or parts. */
    static String text(JsonNode message) {
        JsonNode content = message.path("content");
        if (!content.isArray()) {
            return content.asText("");
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    static boolean hasImage(JsonNode message) {
        for (JsonNode part : message.path("content")) {
            if (part.path("type").asText().equals("image_url")) {
                return true;
            }
        }
        return false;
    }

    /** Where the turn starts that a message belongs to: at a user message. */
    static int startOfTurn(List<JsonNode> messages, int index) {
        int start = index;
        while (start > 0 && !role(messages.get(start)).equals("user")) {
            start--;
        }
        return start;
    }

    static int endOfTurn(List<JsonNode> messages, int start) {
        int end = start + 1;
        while (end < messages.size() && !role(messages.get(end)).equals("user")) {
            end++;
        }
        return end;
    }
}
