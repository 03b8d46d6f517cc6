package io.github.deepthink4j.testkit.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.internal.request.SimpleTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The probabilities of tokens, in the shape of recorded ones: {@code token}, {@code logprob}, {@code bytes} and
 * {@code top_logprobs}, whose entries have the first three (docs/protocol.md, section 2.5). The numbers are made up, and the
 * same each time.
 *
 * @param tops how many of the likeliest tokens go with each, itself among them
 */
record TokenLogprobs(int tops) {

    private static final double CHOSEN = -0.0625;
    private static final double OTHER = -3.5;
    private static final List<String> OTHERS = List.of(
            " the", ",", ".", " a", " to", " of", " and", " is", " in", " that", " it", " for", " on", " with", " as",
            " be", " this", " are", " at", " or", " by");

    /** As the request asks for them. */
    static TokenLogprobs of(JsonNode body) {
        return new TokenLogprobs(Math.max(
                0, Math.min(OTHERS.size() - 1, body.path("top_logprobs").asInt(0))));
    }

    ArrayNode of(String text) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        SimpleTokenizer.tokens(text).forEach(token -> list.add(withTops(token)));
        return list;
    }

    private ObjectNode withTops(String token) {
        ObjectNode entry = entry(token, CHOSEN);
        ArrayNode likeliest = entry.putArray("top_logprobs");
        if (tops > 0) {
            likeliest.add(entry(token, CHOSEN));
        }
        OTHERS.stream()
                .filter(other -> !other.equals(token))
                .limit(Math.max(0, tops - 1))
                .forEach(other -> likeliest.add(entry(other, OTHER - likeliest.size())));
        return entry;
    }

    private static ObjectNode entry(String token, double logprob) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("token", token);
        entry.put("logprob", logprob);
        ArrayNode bytes = entry.putArray("bytes");
        for (byte one : token.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(one & 0xFF);
        }
        return entry;
    }
}
