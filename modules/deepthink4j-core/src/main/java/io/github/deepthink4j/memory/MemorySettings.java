package io.github.deepthink4j.memory;

import dev.langchain4j.model.TokenCountEstimator;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the builder was told, the same for all conversations of a provider.
 *
 * @param keepReasoning by hand; {@code null} to go by the profile
 * @param hasTools      by conversation; {@code null} where nobody knows
 * @param executor      for what the asynchronous methods have to do beside the store's own
 */
record MemorySettings(
        ModelProfile profile,
        @Nullable KeepReasoning keepReasoning,
        @Nullable Predicate<Object> hasTools,
        @Nullable Function<Object, Integer> maxMessages,
        @Nullable Function<Object, Integer> maxTurns,
        @Nullable Function<Object, Integer> maxTokens,
        TokenCountEstimator estimator,
        PromptLanguage promptLanguage,
        ReasoningMemoryListener listener,
        Executor executor) {

    /** Where nobody knows whether requests have tools, they may have some: what is dropped can't be brought back. */
    KeepReasoning keep(Object id) {
        if (keepReasoning != null) {
            return keepReasoning;
        }
        return KeepReasoning.by(profile.reasoningReplay(), hasTools == null || hasTools.test(id));
    }

    Limits limits(Object id) {
        return new Limits(
                limit("maxMessages", maxMessages, id),
                limit("maxTurns", maxTurns, id),
                limit("maxTokens", maxTokens, id),
                estimator);
    }

    private static @Nullable Integer limit(String name, @Nullable Function<Object, Integer> limit, Object id) {
        if (limit == null) {
            return null;
        }
        Integer value = limit.apply(id);
        if (value == null || value < 1) {
            throw new IllegalArgumentException(name + " must be greater than zero, but is: " + value);
        }
        return value;
    }
}
