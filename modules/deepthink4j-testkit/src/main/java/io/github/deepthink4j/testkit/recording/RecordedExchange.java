package io.github.deepthink4j.testkit.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A request and the response to it.
 *
 * @param name of its file, without the extension
 */
public record RecordedExchange(String name, Request request, Response response) {

    /**
     * @param path without host and query, such as {@code /chat/completions}
     * @param body missing where there was none
     */
    public record Request(String method, String path, JsonNode body) {}

    /**
     * @param headers by lower-case name; only those that clients of DeepSeek read
     * @param body    JSON, or the text of an event stream, as it came
     */
    public record Response(int status, Map<String, String> headers, String body) {

        public Response {
            headers = Map.copyOf(headers);
        }

        /** Whether the body is an event stream. */
        public boolean isStream() {
            return headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        }
    }
}
