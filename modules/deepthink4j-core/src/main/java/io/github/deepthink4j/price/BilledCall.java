package io.github.deepthink4j.price;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.Components;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attempt at an answer, as a price list sees it: who served it, when, and how many tokens it took. */
public final class BilledCall {

    private final URI endpoint;
    private final String modelName;
    private final long inputTokens;
    private final @Nullable Long cacheHitTokens;
    private final long outputTokens;
    private final long reasoningTokens;
    private final Instant sent;
    private final Instant begun;
    private final Instant finished;
    private final @Nullable String assumption;

    private BilledCall(Builder builder) {
        this.endpoint = requireNonNull(builder.endpoint, "endpoint");
        this.modelName = requireNonNull(builder.modelName, "modelName");
        this.inputTokens = notNegative("inputTokens", builder.inputTokens);
        this.cacheHitTokens = builder.cacheHitTokens;
        this.outputTokens = notNegative("outputTokens", builder.outputTokens);
        this.reasoningTokens = notNegative("reasoningTokens", builder.reasoningTokens);
        this.finished = requireNonNull(builder.finished, "finished");
        this.begun = builder.begun == null ? finished : builder.begun;
        this.sent = builder.sent == null ? begun : builder.sent;
        this.assumption = builder.assumption;
        if (cacheHitTokens != null && (cacheHitTokens < 0 || cacheHitTokens > inputTokens)) {
            throw new IllegalArgumentException(
                    "cacheHitTokens must be a part of the " + inputTokens + " inputTokens, but is " + cacheHitTokens);
        }
        if (reasoningTokens > outputTokens) {
            throw new IllegalArgumentException("reasoningTokens must be a part of the " + outputTokens
                    + " outputTokens, but is " + reasoningTokens);
        }
    }

    private static long notNegative(String name, long tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + tokens);
        }
        return tokens;
    }

    /** Where the request went; without its query, which may hold a key. */
    public URI endpoint() {
        return endpoint;
    }

    /** The model id that the answer names, or the one asked for where it names none. */
    public String modelName() {
        return modelName;
    }

    /** All input, cached or not. */
    public long inputTokens() {
        return inputTokens;
    }

    /** The part of the input that was in the context cache; {@code null} if the host did not say. */
    public @Nullable Long cacheHitTokens() {
        return cacheHitTokens;
    }

    /** All output, the thought included. */
    public long outputTokens() {
        return outputTokens;
    }

    /** The part of the output that was the thought; 0 if there was none, or if the host did not say. */
    public long reasoningTokens() {
        return reasoningTokens;
    }

    /** When the request was sent. */
    public Instant sent() {
        return sent;
    }

    /** When the first piece of the answer came; {@link #finished} if there was none. */
    public Instant begun() {
        return begun;
    }

    /** When the answer was over, or broke off. */
    public Instant finished() {
        return finished;
    }

    /** What of the above is not what the server said but assumed; {@code null} if nothing is. */
    public @Nullable String assumption() {
        return assumption;
    }

    private Components components() {
        return Components.of(BilledCall.class)
                .with("endpoint", endpoint)
                .with("modelName", modelName)
                .with("inputTokens", inputTokens)
                .with("cacheHitTokens", cacheHitTokens)
                .with("outputTokens", outputTokens)
                .with("reasoningTokens", reasoningTokens)
                .with("sent", sent)
                .with("begun", begun)
                .with("finished", finished)
                .with("assumption", assumption);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BilledCall that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds a call; {@code endpoint}, {@code modelName} and {@code finished} are needed. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link BilledCall}. All counts are 0 by default, and all moments that of the end. */
    public static final class Builder {

        private @Nullable URI endpoint;
        private @Nullable String modelName;
        private long inputTokens;
        private @Nullable Long cacheHitTokens;
        private long outputTokens;
        private long reasoningTokens;
        private @Nullable Instant sent;
        private @Nullable Instant begun;
        private @Nullable Instant finished;
        private @Nullable String assumption;

        private Builder() {}

        public Builder endpoint(URI endpoint) {
            this.endpoint = endpoint;
            return this;
        }

        public Builder modelName(String modelName) {
            this.modelName = modelName;
            return this;
        }

        public Builder inputTokens(long inputTokens) {
            this.inputTokens = inputTokens;
            return this;
        }

        /** {@code null} if it is not known. */
        public Builder cacheHitTokens(@Nullable Long cacheHitTokens) {
            this.cacheHitTokens = cacheHitTokens;
            return this;
        }

        public Builder outputTokens(long outputTokens) {
            this.outputTokens = outputTokens;
            return this;
        }

        public Builder reasoningTokens(long reasoningTokens) {
            this.reasoningTokens = reasoningTokens;
            return this;
        }

        /**
         * All counts as a server reports them: more from the cache than there is of input are not known to be from there, and no
         * more of the output than all of it is thought.
         *
         * @param cacheHitTokens  {@code null} if it is not reported
         * @param reasoningTokens {@code null} if it is not reported
         */
        public Builder reportedTokens(
                int inputTokens,
                @Nullable Integer cacheHitTokens,
                int outputTokens,
                @Nullable Integer reasoningTokens) {
            return inputTokens(inputTokens)
                    .cacheHitTokens(
                            cacheHitTokens == null || cacheHitTokens > inputTokens
                                    ? null
                                    : Long.valueOf(cacheHitTokens))
                    .outputTokens(outputTokens)
                    .reasoningTokens(reasoningTokens == null ? 0 : Math.min(reasoningTokens, outputTokens));
        }

        public Builder sent(@Nullable Instant sent) {
            this.sent = sent;
            return this;
        }

        public Builder begun(@Nullable Instant begun) {
            this.begun = begun;
            return this;
        }

        public Builder finished(Instant finished) {
            this.finished = finished;
            return this;
        }

        public Builder assumption(@Nullable String assumption) {
            this.assumption = assumption;
            return this;
        }

        /**
         * @throws IllegalArgumentException if a count is negative, or if a part is larger than the whole
         */
        public BilledCall build() {
            return new BilledCall(this);
        }
    }
}
