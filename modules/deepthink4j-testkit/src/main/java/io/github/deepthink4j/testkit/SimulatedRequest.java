package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request as the simulator has seen it. */
public final class SimulatedRequest {

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] rawBody;
    private final JsonNode body;
    private final boolean thinking;
    private volatile int status;
    private volatile boolean cancelled;

    SimulatedRequest(
            String method, String path, Map<String, String> headers, byte[] rawBody, JsonNode body, boolean thinking) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.rawBody = rawBody;
        this.body = body;
        this.thinking = thinking;
    }

    public String method() {
        return method;
    }

    /** Without the host, such as {@code /chat/completions}. */
    public String path() {
        return path;
    }

    /** By lower-case name; the key is masked. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The JSON; missing where there was none. */
    public JsonNode body() {
        return body;
    }

    /** The body as it came. */
    public byte[] rawBody() {
        return rawBody.clone();
    }

    /** The model id that was asked for. */
    public String model() {
        return body.path("model").asText("");
    }

    /** Whether the answer was to be streamed. */
    public boolean stream() {
        return body.path("stream").asBoolean(false);
    }

    /** Whether the generation thinks this request over. */
    public boolean thinking() {
        return thinking;
    }

    public boolean hasTools() {
        return !body.path("tools").isEmpty();
    }

    public List<String> toolNames() {
        List<String> names = new ArrayList<>();
        body.path("tools")
                .forEach(tool -> names.add(tool.path("function").path("name").asText()));
        return names;
    }

    /** The last message; missing if there is none. */
    public JsonNode lastMessage() {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1);
    }

    /** The text of the last user message; empty if there is none. */
    public String lastUserText() {
        JsonNode messages = body.path("messages");
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).path("role").asText().equals("user")) {
                return Messages.text(messages.get(i));
            }
        }
        return "";
    }

    /** The HTTP status it was answered with; 0 as long as it was not. */
    public int status() {
        return status;
    }

    /** Whether the client went away before the end of the answer. */
    public boolean cancelled() {
        return cancelled;
    }

    void answered(int status) {
        this.status = status;
    }

    void clientWentAway() {
        this.cancelled = true;
    }

    @Override
    public String toString() {
        return method + " " + path + " " + body;
    }
}
