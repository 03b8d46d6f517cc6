package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage between two others, which passes on what it has no business with. */
abstract class PieceFilter implements PieceSink {

    final PieceSink next;

    PieceFilter(PieceSink next) {
        this.next = next;
    }

    @Override
    public void onMeta(
            @Nullable String id, @Nullable Long created, @Nullable String model, @Nullable String fingerprint) {
        next.onMeta(id, created, model, fingerprint);
    }

    @Override
    public void onThinking(String field, String text) {
        next.onThinking(field, text);
    }

    @Override
    public void onText(String text) {
        next.onText(text);
    }

    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        next.onToolCallDelta(delta);
    }

    @Override
    public void onLogprobs(JsonNode logprobs) {
        next.onLogprobs(logprobs);
    }

    @Override
    public void onUsage(UsageFigures usage) {
        next.onUsage(usage);
    }

    @Override
    public void onFinish(String reason) {
        next.onFinish(reason);
    }

    @Override
    public void onUnknownField(String name, JsonNode value) {
        next.onUnknownField(name, value);
    }

    @Override
    public void onMessageField(String name, JsonNode value, boolean whole) {
        next.onMessageField(name, value, whole);
    }

    @Override
    public void onContentBlocks(JsonNode content, List<JsonNode> unknown, boolean whole) throws IOException {
        next.onContentBlocks(content, unknown, whole);
    }

    @Override
    public void onServerError(String message) {
        next.onServerError(message);
    }

    @Override
    public void onRefusal(String words) {
        next.onRefusal(words);
    }

    @Override
    public void onBadCall(String what) {
        next.onBadCall(what);
    }

    @Override
    public void onEnd() {
        next.onEnd();
    }
}
