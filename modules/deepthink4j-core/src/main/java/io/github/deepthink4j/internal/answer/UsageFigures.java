package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.deepthink4j.internal.value.JsonTrees;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The token counts of an answer, from old and new field names (docs/protocol.md, section 2.5); {@code null} for what
 * was not said.
 *
 * @param completionTokens the reasoning included
 * @param reasoningTokens  a part of the completion
 * @param cacheHitTokens   a part of the prompt
 * @param cacheMissTokens  the rest of the prompt
 */
public record UsageFigures(
        @Nullable Integer promptTokens,
        @Nullable Integer completionTokens,
        @Nullable Integer totalTokens,
        @Nullable Integer reasoningTokens,
        @Nullable Integer cacheHitTokens,
        @Nullable Integer cacheMissTokens) {

    /** The fields read so far. */
    private static final class Said {

        private @Nullable Integer prompt;
        private @Nullable Integer completion;
        private @Nullable Integer total;
        private @Nullable Integer reasoning;
        private @Nullable Integer hit;
        private @Nullable Integer miss;
        private @Nullable Integer cached;

        /** Prompt = hit + miss; hosts with the newer field alone say only the hit (docs/protocol.md, section 2.5). */
        private UsageFigures figures() {
            Integer hits = hit != null ? hit : cached;
            Integer misses = miss == null && hits != null && prompt != null ? Integer.valueOf(prompt - hits) : miss;
            return new UsageFigures(prompt, completion, total, reasoning, hits, misses);
        }
    }

    /**
     * Reads a {@code usage} object.
     *
     * @param parser at the start of the object
     * @param sink   gets the fields that are not known
     * @return {@code null} if it is empty, as some hosts have it in each chunk
     */
    static @Nullable UsageFigures read(JsonParser parser, PieceSink sink) throws IOException {
        Said usage = new Said();
        String first = parser.nextFieldName();
        for (String name = first; name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "prompt_tokens" -> usage.prompt = count(parser);
                case "completion_tokens" -> usage.completion = count(parser);
                case "total_tokens" -> usage.total = count(parser);
                case "prompt_cache_hit_tokens" -> usage.hit = count(parser);
                case "prompt_cache_miss_tokens" -> usage.miss = count(parser);
                case "prompt_tokens_details" -> usage.cached = detail(parser, "cached_tokens", usage.cached);
                case "completion_tokens_details" ->
                    usage.reasoning = detail(parser, "reasoning_tokens", usage.reasoning);
                default -> {
                    if (value != JsonToken.VALUE_NULL) {
                        sink.onUnknownField("usage." + name, JsonTrees.read(parser));
                    }
                }
            }
        }
        return first == null ? null : usage.figures();
    }

    /** Whether there is no figure in it. */
    boolean isEmpty() {
        return promptTokens == null && completionTokens == null && totalTokens == null;
    }

    private static @Nullable Integer detail(JsonParser parser, String field, @Nullable Integer otherwise)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return otherwise;
        }
        Integer found = otherwise;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals(field)) {
                found = count(parser);
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    /** {@code null} for what can't be a count; a strange figure is no reason to lose an answer. */
    private static @Nullable Integer count(JsonParser parser) throws IOException {
        Long value = JsonScalars.integer(parser);
        return value != null && value >= 0 && value <= Integer.MAX_VALUE ? Integer.valueOf(value.intValue()) : null;
    }
}
