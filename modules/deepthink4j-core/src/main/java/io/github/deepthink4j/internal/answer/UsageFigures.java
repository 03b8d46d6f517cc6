package io.github.deepthink4j.internal.answer;

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
        @Nullable Integer cacheMissTokens) {}
