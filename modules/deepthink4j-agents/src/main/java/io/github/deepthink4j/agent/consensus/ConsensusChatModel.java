package io.github.deepthink4j.agent.consensus;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.CombinedModel;
import io.github.deepthink4j.agent.CombinedModelBuilder;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.agent.internal.AsyncParts;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.value.PlainWords;
import io.github.deepthink4j.model.AsyncChatModel;
import io.github.deepthink4j.profile.Feature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks the same question several times at once, and the most frequent answer wins: cons@N of R1's paper. The response is the
 * first one that gave the winning answer, with its thinking; its metadata, a {@link ConsensusChatResponseMetadata}, has the votes.
 *
 * <ul>
 *   <li>It stops as soon as no other answer can win; what runs then is cancelled.
 *   <li>Of answers with as many votes, the one wins that the sample with the lowest number gave.
 *   <li>A sample that fails, or in which no answer is found, has no vote. If no answer is found in any, the first response is
 *       returned, with no votes; if all fail, the first failure is thrown, with the others as suppressed exceptions.
 * </ul>
 *
 * Requests with tools are refused, since a call is no answer. Thread-safe.
 */
public final class ConsensusChatModel implements AsyncChatModel, CombinedModel {

    private final Consensus consensus;
    private final ChatRequestParameters defaultRequestParameters;
    private final List<ChatModelListener> listeners;
    private final StepListener stepListener;
    private final AsyncParts parts;

    private ConsensusChatModel(
            Consensus consensus,
            ChatRequestParameters defaultRequestParameters,
            List<ChatModelListener> listeners,
            StepListener stepListener,
            AsyncParts parts) {
        this.consensus = consensus;
        this.defaultRequestParameters = defaultRequestParameters;
        this.listeners = listeners;
        this.stepListener = stepListener;
        this.parts = parts;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        refuseTools(request);
        return new ConsensusRun(consensus, request, new StepLog(stepListener)).result();
    }

    /**
     * As {@link #doChat}, without a thread that waits; a cancel closes the connections of all samples. A part that has no
     * {@code chatAsync} is called on the builder's {@code executor}, where its {@code sampleTimeout} counts from its queueing on.
     */
    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        try {
            refuseTools(request);
            return new ConsensusFuture(consensus, request, new StepLog(stepListener), parts).begin();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void refuseTools(ChatRequest request) {
        if (!request.toolSpecifications().isEmpty()) {
            throw new UnsupportedFeatureException(
                    "tools are not supported by a consensus: there is no answer to vote on"
                            + " before they have run. Call the tools first, or let another model do so");
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaultRequestParameters;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    /** JSON by a schema, if all parts have it. */
    @Override
    public Set<Capability> supportedCapabilities() {
        return consensus.parts().stream().allMatch(Part::jsonSchema)
                ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                : Set.of();
    }

    @Override
    public Set<Feature> features(ChatRequestParameters parameters) {
        Set<Feature> features = EnumSet.allOf(Feature.class);
        consensus.parts().forEach(part -> features.retainAll(part.features(parameters)));
        features.remove(Feature.TOOLS);
        return features;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link ConsensusChatModel}. */
    public static final class Builder extends CombinedModelBuilder<Builder> {

        /** What a clock in nanoseconds can wait for; nobody waits for as long. */
        private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

        private final List<Part<ChatModel>> parts = new ArrayList<>();
        private int samples = 5;
        private int maxParallel = Integer.MAX_VALUE;
        private @Nullable Long maxTotalTokens;
        private @Nullable Duration sampleTimeout;
        private AnswerExtractor extractor = AnswerExtractor.exactText();
        private @Nullable Executor executor;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** Adds a model to ask. With several, they are asked in turn: the first sample goes to the first one, and so on. */
        public Builder part(ChatModel model) {
            String place = String.valueOf(parts.size() + 1);
            String modelName =
                    requireNonNull(model, "model").defaultRequestParameters().modelName();
            parts.add(Part.of(modelName == null ? place : place + " " + modelName, model, null));
            return this;
        }

        /** How many answers to ask for, at most; 5 by default. */
        public Builder samples(int samples) {
            this.samples = positive(samples, "samples");
            return this;
        }

        /** How many answers to ask for at a time; all of them by default. Fewer save more when it stops early. */
        public Builder maxParallel(int maxParallel) {
            this.maxParallel = positive(maxParallel, "maxParallel");
            return this;
        }

        /**
         * As soon as this many tokens are used, no further answer is asked for, and those that have come and will come decide. What
         * runs in parallel at that moment may exceed it. {@code null}, the default, for no bound.
         */
        public Builder maxTotalTokens(@Nullable Long maxTotalTokens) {
            if (maxTotalTokens != null && maxTotalTokens <= 0) {
                throw new IllegalArgumentException("maxTotalTokens must be positive, but is " + maxTotalTokens);
            }
            this.maxTotalTokens = maxTotalTokens;
            return this;
        }

        /**
         * After which a sample is cancelled and counts as failed, from its start on and not from its queueing; {@code null}, the
         * default, for the timeouts of the parts only.
         */
        public Builder sampleTimeout(@Nullable Duration sampleTimeout) {
            if (sampleTimeout != null && (sampleTimeout.isNegative() || sampleTimeout.isZero())) {
                throw new IllegalArgumentException(
                        "sampleTimeout must be positive, but is " + PlainWords.of(sampleTimeout));
            }
            boolean isNone = sampleTimeout != null && sampleTimeout.compareTo(LONGEST) > 0;
            this.sampleTimeout = isNone ? null : sampleTimeout;
            return this;
        }

        /** What is voted on; {@link AnswerExtractor#exactText()} by default. */
        public Builder extractor(AnswerExtractor extractor) {
            this.extractor = requireNonNull(extractor, "extractor");
            return this;
        }

        /**
         * Where the samples run; each blocks its thread. By default on daemon threads of the library's own, which are made as
         * needed, know nothing of the thread that asks, and go soon after the last model has been closed. Where an executor has
         * begun none of a call's samples for half a second, since it is full, loses tasks, or runs the very call that waits, they
         * get such a thread too, one at a time.
         */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        private static int positive(int value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
            }
            return value;
        }

        private Consensus consensus() {
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a consensus needs a part: add one, or several, to the builder");
            }
            return new Consensus(
                    List.copyOf(parts),
                    samples,
                    maxParallel,
                    maxTotalTokens,
                    sampleTimeout,
                    extractor,
                    builtPromptLanguage(),
                    executor == null ? OwnThreads::run : executor);
        }

        /**
         * @throws IllegalArgumentException if there is no part
         */
        public ConsensusChatModel build() {
            return new ConsensusChatModel(
                    consensus(), builtParameters(), builtListeners(), builtStepListener(), new AsyncParts(executor));
        }
    }
}
