package io.github.deepthink4j.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server meant to say with an error body. Read by its content: DeepSeek labels the JSON of a 400 as
 * {@code application/octet-stream} (docs/protocol.md, section 3).
 */
final class ErrorText {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** DeepSeek and most others; some gateways; FastAPI, and with it vLLM. */
    private static final List<String> PLACES = List.of("/error/message", "/error", "/message", "/detail");

    private ErrorText() {}

    /** {@code null} if the body is blank. */
    static @Nullable String of(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return null;
        }
        if (text.startsWith("{")) {
            String message = inJson(text);
            return message != null ? message : text;
        }
        return text.startsWith("<") ? "an HTML page" : text;
    }

    private static @Nullable String inJson(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            for (String place : PLACES) {
                JsonNode found = json.at(place);
                if (found.isTextual()) {
                    return found.asText();
                }
                if (place.equals("/detail") && found.isContainerNode()) {
                    return found.toString();
                }
            }
        } catch (IOException e) {
            // Cut or broken JSON: its text says more than nothing.
            return null;
        }
        return null;
    }
}
