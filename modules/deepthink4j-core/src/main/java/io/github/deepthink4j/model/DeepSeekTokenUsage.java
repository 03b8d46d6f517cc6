package io.github.deepthink4j.model;

import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Priced;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call has used, in tokens. Reasoning tokens are part of the output tokens, and cache hits and misses together are
 * the input tokens (docs/protocol.md, section 2.5): never add them up again. Each figure is {@code null} where the host
 * did not report it. What it cost in money goes with it, so that whatever sums up usages sums up costs.
 */
public final class DeepSeekTokenUsage extends TokenUsage implements Priced {

    private static final Cost UNPRICED = Cost.unknown("no price list is set: add deepthink4j-cost, or pricing(...)");

    private final @Nullable Integer reasoningTokenCount;
    private final @Nullable Integer cacheHitTokenCount;
    private final @Nullable Integer cacheMissTokenCount;
    private final @Nullable Cost cost;

    private DeepSeekTokenUsage(Builder builder) {
        super(builder.inputTokenCount, builder.outputTokenCount, builder.totalTokenCount());
        this.reasoningTokenCount = builder.reasoningTokenCount;
        this.cacheHitTokenCount = builder.cacheHitTokenCount;
        this.cacheMissTokenCount = builder.cacheMissTokenCount;
        this.cost = builder.cost;
    }

    /** The tokens of the thought, a part of {@link #outputTokenCount()}. */
    public @Nullable Integer reasoningTokenCount() {
        return reasoningTokenCount;
    }

    /** The tokens of the answer proper: output without the thought; {@code null} if the output is not known. */
    public @Nullable Integer answerTokenCount() {
        if (outputTokenCount() == null) {
            return null;
        }
        return outputTokenCount() - (reasoningTokenCount == null ? 0 : reasoningTokenCount);
    }

    /** The input tokens that were in the context cache, billed at a fraction. */
    public @Nullable Integer cacheHitTokenCount() {
        return cacheHitTokenCount;
    }

    /** The input tokens that were not in the context cache. */
    public @Nullable Integer cacheMissTokenCount() {
        return cacheMissTokenCount;
    }

    /**
     * What it cost, by the price list of the model ({@link DeepSeekModelBuilder#pricing}), failed attempts of the same call
     * included as far as the server has billed them; {@link Cost#unknown} without a price list.
     */
    @Override
    public Cost cost() {
        return cost == null ? UNPRICED : cost;
    }

    /** The same tokens at another cost; {@code null} if nobody has priced them. */
    public DeepSeekTokenUsage withCost(@Nullable Cost cost) {
        return builder()
                .inputTokenCount(inputTokenCount())
                .outputTokenCount(outputTokenCount())
                .totalTokenCount(totalTokenCount())
                .reasoningTokenCount(reasoningTokenCount)
                .cacheHitTokenCount(cacheHitTokenCount)
                .cacheMissTokenCount(cacheMissTokenCount)
                .cost(cost)
                .build();
    }

    /** The sum; DeepSeek's own figures survive when the other is another vendor's usage. A count beyond an {@code int} stays at its most. */
    @Override
    public DeepSeekTokenUsage add(@Nullable TokenUsage that) {
        if (that == null) {
            return this;
        }
        DeepSeekTokenUsage other = that instanceof DeepSeekTokenUsage usage ? usage : null;
        return builder()
                .inputTokenCount(saturated(inputTokenCount(), that.inputTokenCount()))
                .outputTokenCount(saturated(outputTokenCount(), that.outputTokenCount()))
                .totalTokenCount(saturated(totalTokenCount(), that.totalTokenCount()))
                .reasoningTokenCount(saturated(reasoningTokenCount, other == null ? null : other.reasoningTokenCount))
                .cacheHitTokenCount(saturated(cacheHitTokenCount, other == null ? null : other.cacheHitTokenCount))
                .cacheMissTokenCount(saturated(cacheMissTokenCount, other == null ? null : other.cacheMissTokenCount))
                .cost(sumOfCosts(that, other))
                .build();
    }

    /** Where one is not known it is the other; never negative, however much was used. */
    private static @Nullable Integer saturated(@Nullable Integer one, @Nullable Integer other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, one.longValue() + other));
    }

    /**
     * {@code null} where neither is known: nobody asks for money here. A usage that says nothing, or no tokens, and has no cost
     * has used nothing: LangChain4j begins the sum of a stream's rounds with such a one.
     */
    private @Nullable Cost sumOfCosts(TokenUsage that, @Nullable DeepSeekTokenUsage other) {
        if (!(that instanceof Priced priced)) {
            return cost == null || isNothing(that) ? cost : cost.add(Priced.costOf(that));
        }
        Cost others = other == null ? priced.cost() : other.cost;
        if (cost == null && others == null) {
            return null;
        }
        if (others == null) {
            return isNothing(that) ? cost : cost().add(priced.cost());
        }
        return cost == null && isNothing(this) ? others : cost().add(others);
    }

    private static boolean isNothing(TokenUsage usage) {
        return isNone(usage.inputTokenCount()) && isNone(usage.outputTokenCount()) && isNone(usage.totalTokenCount());
    }

    private static boolean isNone(@Nullable Integer count) {
        return count == null || count == 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof DeepSeekTokenUsage that
                && Objects.equals(reasoningTokenCount, that.reasoningTokenCount)
                && Objects.equals(cacheHitTokenCount, that.cacheHitTokenCount)
                && Objects.equals(cacheMissTokenCount, that.cacheMissTokenCount)
                && Objects.equals(cost, that.cost);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), reasoningTokenCount, cacheHitTokenCount, cacheMissTokenCount, cost);
    }

    @Override
    public String toString() {
        return "DeepSeekTokenUsage { inputTokenCount = " + inputTokenCount() + ", outputTokenCount = "
                + outputTokenCount() + ", totalTokenCount = " + totalTokenCount() + ", reasoningTokenCount = "
                + reasoningTokenCount + ", cacheHitTokenCount = " + cacheHitTokenCount + ", cacheMissTokenCount = "
                + cacheMissTokenCount + (cost == null ? "" : ", cost = " + cost) + " }";
    }

    public static Builder builder() {
        return new Builder();
    }

    /** All figures in tokens, {@code null} where unknown. */
    public static final class Builder {

        private @Nullable Integer inputTokenCount;
        private @Nullable Integer outputTokenCount;
        private @Nullable Integer totalTokenCount;
        private @Nullable Integer reasoningTokenCount;
        private @Nullable Integer cacheHitTokenCount;
        private @Nullable Integer cacheMissTokenCount;
        private @Nullable Cost cost;

        private Builder() {}

        public Builder inputTokenCount(@Nullable Integer count) {
            this.inputTokenCount = count;
            return this;
        }

        public Builder outputTokenCount(@Nullable Integer count) {
            this.outputTokenCount = count;
            return this;
        }

        /** By default the sum of input and output, at most what an {@code int} holds. */
        public Builder totalTokenCount(@Nullable Integer count) {
            this.totalTokenCount = count;
            return this;
        }

        public Builder reasoningTokenCount(@Nullable Integer count) {
            this.reasoningTokenCount = count;
            return this;
        }

        public Builder cacheHitTokenCount(@Nullable Integer count) {
            this.cacheHitTokenCount = count;
            return this;
        }

        public Builder cacheMissTokenCount(@Nullable Integer count) {
            this.cacheMissTokenCount = count;
            return this;
        }

        /** What it cost; {@code null} if nobody has priced it. */
        public Builder cost(@Nullable Cost cost) {
            this.cost = cost;
            return this;
        }

        private @Nullable Integer totalTokenCount() {
            return totalTokenCount != null ? totalTokenCount : saturated(inputTokenCount, outputTokenCount);
        }

        public DeepSeekTokenUsage build() {
            return new DeepSeekTokenUsage(this);
        }
    }
}
