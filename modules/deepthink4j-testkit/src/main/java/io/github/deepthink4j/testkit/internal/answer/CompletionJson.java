package io.github.deepthink4j.testkit.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.internal.request.SimpleTokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a completion in the middle, as its reference describes it (docs/protocol.md, section 2.9); recordings of it are not
 * public. It has no thought and no calls.
 */
final class CompletionJson extends AnswerJson {

    private static final double LIKELY = -0.0625;

    /** How many of the likeliest tokens are told of each; negative for none. */
    private final int logprobs;

    private int offset;

    CompletionJson(String model, boolean includeUsage, JsonNode body) {
        super(model, false, includeUsage, null);
        this.logprobs = body.path("logprobs").asInt(-1);
    }

    @Override
    public List<ObjectNode> thinkingChunks(PlannedAnswer plan) {
        return List.of();
    }

    @Override
    public List<ObjectNode> callChunks(PlannedAnswer plan) {
        return List.of();
    }

    @Override
    public ObjectNode firstChunk() {
        return chunk("", null, null);
    }

    @Override
    public ObjectNode textChunk(String piece) {
        return chunk(piece, null, null);
    }

    @Override
    public ObjectNode lastChunk(PlannedAnswer plan) {
        return chunk("", plan.finish(), plan.usage());
    }

    private ObjectNode chunk(String text, @Nullable String finishReason, PlannedAnswer.@Nullable Usage usage) {
        ObjectNode chunk = head("text_completion");
        chunk.put("system_fingerprint", "fp_simulator");
        choice(chunk, text, finishReason);
        addUsage(chunk, usage);
        return chunk;
    }

    @Override
    public ObjectNode whole(PlannedAnswer plan) {
        ObjectNode answer = head("text_completion");
        choice(answer, plan.wholeText(), plan.finish());
        answer.set("usage", usage(plan.usage()));
        answer.put("system_fingerprint", "fp_simulator");
        return answer;
    }

    private void choice(ObjectNode answer, String text, @Nullable String finishReason) {
        ObjectNode choice = answer.putArray("choices").addObject();
        choice.put("text", text);
        choice.put("index", 0);
        choice.set("logprobs", logprobs < 0 || text.isEmpty() ? null : likelihood(text));
        choice.put("finish_reason", finishReason);
    }

    private ObjectNode likelihood(String text) {
        ObjectNode lists = JSON.objectNode();
        ArrayNode tokens = lists.putArray("tokens");
        ArrayNode chosen = lists.putArray("token_logprobs");
        ArrayNode tops = lists.putArray("top_logprobs");
        ArrayNode offsets = lists.putArray("text_offset");
        for (String token : SimpleTokenizer.tokens(text)) {
            tokens.add(token);
            chosen.add(LIKELY);
            ObjectNode likeliest = tops.addObject();
            if (logprobs > 0) {
                likeliest.put(token, LIKELY);
            }
            offsets.add(offset);
            offset += token.length();
        }
        return lists;
    }
}
