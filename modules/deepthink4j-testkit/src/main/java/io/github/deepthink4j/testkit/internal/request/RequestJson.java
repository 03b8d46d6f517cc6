package io.github.deepthink4j.testkit.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the JSON of a chat request: its messages, their roles and texts, and where a turn starts and ends. */
public final class RequestJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RequestJson() {}

    /** Missing where the bytes are no JSON object. */
    public static JsonNode object(byte[] bytes) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            return json == null || !json.isObject() ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** What the model reads, and what is counted as the prompt: tools and messages, or the texts around a middle. */
    public static String prompt(JsonNode body) {
        return isCompletion(body)
                ? body.path("prompt").asText("") + body.path("suffix").asText("")
                : body.path("tools").toString() + body.path("messages");
    }

    /** Whether it has a prompt in place of messages. */
    public static boolean isCompletion(JsonNode body) {
        return body.path("prompt").isTextual() && !body.has("messages");
    }

    /** No prompt of this request is longer, in characters; told without writing it. */
    public static long longestPrompt(JsonNode body) {
        return isCompletion(body)
                ? prompt(body).length()
                : longest(body.path("tools")) + longest(body.path("messages"));
    }

    private static long longest(JsonNode json) {
        if (json.isTextual()) {
            return longest(json.textValue());
        }
        if (!json.isContainerNode()) {
            return json.asText().length() + 4L;
        }
        // Brackets, and a comma behind each value.
        long longest = 2L + json.size();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            longest += longest(field.getKey()) + 1 + longest(field.getValue());
        }
        if (json.isArray()) {
            for (JsonNode item : json) {
                longest += longest(item);
            }
        }
        return longest;
    }

    /** In quotes, and escaped from its first character to its last. */
    private static long longest(String text) {
        return 2L + 6L * text.length();
    }

    public static List<JsonNode> messages(JsonNode body) {
        List<JsonNode> messages = new ArrayList<>();
        body.path("messages").forEach(messages::add);
        return messages;
    }

    public static String role(JsonNode message) {
        return message.path("role").asText("");
    }

    public static boolean callsTools(JsonNode message) {
        return !message.path("tool_calls").isEmpty();
    }

    /** Whether the model shall go on from this message: an assistant's, but no turn of its own. */
    public static boolean isPrefix(JsonNode message) {
        return message.path("prefix").asBoolean(false);
    }

    /** The text of a message, be it a string or parts. */
    public static String text(JsonNode message) {
        JsonNode content = message.path("content");
        if (!content.isArray()) {
            return content.asText("");
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    public static boolean hasImage(JsonNode message) {
        for (JsonNode part : message.path("content")) {
            if (part.path("type").asText().equals("image_url")) {
                return true;
            }
        }
        return false;
    }

    /** Where the last user message stands; -1 if there is none. */
    public static int lastUser(List<JsonNode> messages) {
        int last = messages.size() - 1;
        while (last >= 0 && !role(messages.get(last)).equals("user")) {
            last--;
        }
        return last;
    }

    /** Where the turn ends that starts here: before the next user message. */
    public static int endOfTurn(List<JsonNode> messages, int start) {
        int end = start + 1;
        while (end < messages.size() && !role(messages.get(end)).equals("user")) {
            end++;
        }
        return end;
    }
}
