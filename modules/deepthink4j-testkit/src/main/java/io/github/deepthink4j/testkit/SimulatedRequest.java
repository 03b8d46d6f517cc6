package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request as the simulator has seen it. */
public final class SimulatedRequest {

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] rawBody;
    private final JsonNode body;
    private final boolean thinking;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile List<String> warnings = List.of();
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

    /** The messages, in order. */
    public List<JsonNode> messages() {
        return Messages.of(body);
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

    /**
     * The tokens of tools and messages, as the simulator's own simple tokenizer counts them and as its answers report them.
     * They are near DeepSeek's figure for English text, not equal to it.
     */
    public int promptTokens() {
        return Tokens.count(prompt());
    }

    String prompt() {
        return body.path("tools").toString() + body.path("messages");
    }

    /** What DeepSeek would have ignored without a word, such as a temperature while thinking. */
    public List<String> warnings() {
        return warnings;
    }

    /** The HTTP status it was answered with; 0 as long as it was not. */
    public int status() {
        return status;
    }

    /** Whether the client went away before the end of the answer. */
    public boolean cancelled() {
        return cancelled;
    }

    /**
     * Waits until its answer has ended, well or badly, or until its client has gone away.
     *
     * @return {@code false} if the answer is still being sent
     * @throws IllegalStateException if the thread is interrupted
     */
    public boolean awaitEnd(Duration atMost) {
        try {
            return end.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of an answer", e);
        }
    }

    /** The request in a few lines that a person can read. */
    public String summary() {
        return RequestSummary.of(this);
    }

    void warned(List<String> newWarnings) {
        this.warnings = List.copyOf(newWarnings);
    }

    void ended() {
        end.countDown();
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
