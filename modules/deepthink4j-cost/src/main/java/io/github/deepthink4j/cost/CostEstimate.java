package io.github.deepthink4j.cost;

import io.github.deepthink4j.price.Cost;
import org.jspecify.annotations.Nullable;

/**
 * What a request will cost, as far as it can be said before it is sent: whether its beginning is in the context cache is for the
 * server to know, and how long the answer gets for nobody. All costs are estimates, or unknown.
 *
 * @param inputTokens     as they were estimated
 * @param maxOutputTokens the most that the answer may have; {@code null} if nothing bounds it
 * @param allCached       the input, if all of it is in the context cache
 * @param noneCached      the input, if none of it is
 * @param longestAnswer   an answer of {@code maxOutputTokens}; {@code null} if nothing bounds it
 */
public record CostEstimate(
        int inputTokens,
        @Nullable Integer maxOutputTokens,
        Cost allCached,
        Cost noneCached,
        @Nullable Cost longestAnswer) {

    /** All of the input cached, and next to no answer. */
    public Cost lowest() {
        return allCached;
    }

    /** Nothing cached, and the longest answer; {@code null} if nothing bounds the answer. */
    public @Nullable Cost highest() {
        return longestAnswer == null ? null : noneCached.add(longestAnswer);
    }
}
