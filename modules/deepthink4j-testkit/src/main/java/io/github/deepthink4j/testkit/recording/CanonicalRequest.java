package io.github.deepthink4j.testkit.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.TreeSet;

/** A chat request, reduced to what makes it the conversation that it is. */
final class CanonicalRequest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CanonicalRequest() {}

    static JsonNode of(JsonNode body) {
        if (!body.isObject()) {
            return body;
        }
        ObjectNode canonical = MAPPER.createObjectNode();
        canonical.put("model", body.path("model").asText(""));
        canonical.put("stream", body.path("stream").asBoolean(false));
        canonical.put("thinking", body.path("thinking").path("type").asText(""));
        canonical.put(
                "response_format", body.path("response_format").path("type").asText("text"));
        JsonNode choice = body.path("tool_choice");
        canonical.put(
                "tool_choice", choice.isObject() ? choice.at("/function/name").asText() : choice.asText("auto"));
        Set<String> names = new TreeSet<>();
        body.path("tools").forEach(tool -> names.add(tool.at("/function/name").asText()));
        ArrayNode tools = canonical.putArray("tools");
        names.forEach(tools::add);
        ArrayNode messages = canonical.putArray("messages");
        body.path("messages").forEach(message -> messages.add(message(message)));
        return canonical;
    }

    private static ObjectNode message(JsonNode message) {
        ObjectNode canonical = MAPPER.createObjectNode();
        canonical.put("role", message.path("role").asText(""));
        StringBuilder text = new StringBuilder(
                message.path("content").isTextual() ? message.path("content").asText() : "");
        ArrayNode images = MAPPER.createArrayNode();
        for (JsonNode part : message.path("content")) {
            text.append(part.path("text").asText(""));
            if (part.has("image_url")) {
                images.add(part.at("/image_url/url").asText());
            }
        }
        canonical.put("content", text.toString());
        if (!images.isEmpty()) {
            canonical.set("images", images);
        }
        for (JsonNode call : message.path("tool_calls")) {
            ObjectNode entry = canonical.withArray("tool_calls").addObject();
            entry.put("name", call.at("/function/name").asText());
            entry.set("arguments", arguments(call.at("/function/arguments").asText()));
        }
        return canonical;
    }

    private static JsonNode arguments(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(json);
        }
    }
}
