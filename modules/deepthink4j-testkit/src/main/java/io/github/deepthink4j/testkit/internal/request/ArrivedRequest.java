package io.github.deepthink4j.testkit.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request that has come, and what has become of it so far. */
public final class ArrivedRequest implements SimulatedRequest {

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

    /**
     * @param headers as they may be shown, without the key
     */
    public ArrivedRequest(
            String method, String path, Map<String, String> headers, byte[] rawBody, JsonNode body, boolean thinking) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.rawBody = rawBody;
        this.body = body;
        this.thinking = thinking;
    }

    /** DeepSeek would ignore this of it. */
    public void warned(List<String> newWarnings) {
        this.warnings = List.copyOf(newWarnings);
    }

    public void answered(int newStatus) {
        this.status = newStatus;
    }

    public void clientWentAway() {
        this.cancelled = true;
    }

    public void ended() {
        end.countDown();
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public JsonNode body() {
        return body;
    }

    @Override
    public byte[] rawBody() {
        return rawBody.clone();
    }

    @Override
    public String model() {
        return body.path("model").asText("");
    }

    @Override
    public boolean stream() {
        return body.path("stream").asBoolean(false);
    }

    @Override
    public boolean thinking() {
        return thinking;
    }

    @Override
    public boolean hasTools() {
        return !body.path("tools").isEmpty();
    }

    @Override
    public List<String> toolNames() {
        List<String> names = new ArrayList<>();
        body.path("tools")
                .forEach(tool -> names.add(tool.path("function").path("name").asText()));
        return names;
    }

    @Override
    public List<JsonNode> messages() {
        return RequestJson.messages(body);
    }

    @Override
    public JsonNode lastMessage() {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1);
    }

    @Override
    public String lastUserText() {
        List<JsonNode> messages = messages();
        int last = RequestJson.lastUser(messages);
        if (RequestJson.isCompletion(body)) {
            return body.path("prompt").asText();
        }
        return last < 0 ? "" : RequestJson.text(messages.get(last));
    }

    @Override
    public int promptTokens() {
        return SimpleTokenizer.count(RequestJson.prompt(body));
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public boolean awaitEnd(Duration atMost) {
        try {
            return end.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of an answer", e);
        }
    }

    @Override
    public String summary() {
        return RequestSummary.of(this);
    }

    @Override
    public String toString() {
        return method + " " + path + " " + body;
    }
}
