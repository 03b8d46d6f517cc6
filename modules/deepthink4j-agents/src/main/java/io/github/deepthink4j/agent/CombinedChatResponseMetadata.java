package io.github.deepthink4j.agent;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Priced;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model made of several says about its answer. Id, model name and finish reason are those of the part that had the last
 * word; the token usage is the sum over all steps, failed ones included as far as their cost is known.
 */
public class CombinedChatResponseMetadata extends ChatResponseMetadata implements Priced {

    private final List<Step> steps;
    private final @Nullable ChatResponseMetadata answered;

    protected CombinedChatResponseMetadata(Builder<?> builder) {
        super(builder);
        this.steps = List.copyOf(builder.steps);
        this.answered = builder.answered;
    }

    /** Every call of a part that this answer took, in the order of their ends; never {@code null}. */
    public List<Step> steps() {
        return steps;
    }

    /** What all steps cost together, failed ones included as far as they are known to be billed: that of the token usage. */
    @Override
    public Cost cost() {
        TokenUsage usage = tokenUsage();
        return usage == null ? Cost.unknown("no part reported a usage") : Priced.costOf(usage);
    }

    /**
     * The metadata of the part that had the last word, with all that its vendor says, such as a
     * {@code DeepSeekChatResponseMetadata}; its usage is that of the last step alone. {@code null} if not set.
     */
    public @Nullable ChatResponseMetadata answered() {
        return answered;
    }

    @Override
    public Builder<?> toBuilder() {
        return fill(builder());
    }

    /** Puts all of this into a builder. */
    protected <B extends Builder<?>> B fill(B builder) {
        toBuilder(builder);
        builder.steps(steps).answered(answered);
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof CombinedChatResponseMetadata that
                && steps.equals(that.steps)
                && Objects.equals(answered, that.answered);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), steps, answered);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "{id='" + id() + "', modelName='" + modelName() + "', tokenUsage="
                + tokenUsage() + ", finishReason=" + finishReason() + ", steps=" + steps + '}';
    }

    public static Builder<?> builder() {
        return new Builder<>();
    }

    /**
     * Builds the metadata; AiServices does so too, to put the sum of several calls in.
     *
     * @param <B> the builder itself
     */
    public static class Builder<B extends Builder<B>> extends ChatResponseMetadata.Builder<B> {

        private List<Step> steps = List.of();
        private @Nullable ChatResponseMetadata answered;

        protected Builder() {}

        @SuppressWarnings("unchecked")
        private B self() {
            return (B) this;
        }

        public B steps(List<Step> steps) {
            this.steps = requireNonNull(steps, "steps");
            return self();
        }

        public B answered(@Nullable ChatResponseMetadata answered) {
            this.answered = answered;
            return self();
        }

        @Override
        public B finishReason(@Nullable FinishReason finishReason) {
            return super.finishReason(finishReason);
        }

        @Override
        public CombinedChatResponseMetadata build() {
            return new CombinedChatResponseMetadata(this);
        }
    }
}
