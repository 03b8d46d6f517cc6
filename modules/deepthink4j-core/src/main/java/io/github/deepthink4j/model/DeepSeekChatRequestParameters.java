package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's request parameters and DeepSeek's own. Each is {@code null} where nothing was said; then the model's
 * default parameters hold, and after them the server's. A request that asks for what its model lacks is refused, see
 * {@code ParameterCheck}.
 */
public final class DeepSeekChatRequestParameters extends DefaultChatRequestParameters {

    /** Nothing said. */
    public static final DeepSeekChatRequestParameters EMPTY = builder().build();

    private final @Nullable ThinkingMode thinking;
    private final @Nullable String reasoningEffort;
    private final @Nullable String userId;
    private final @Nullable Boolean prefix;
    private final @Nullable Boolean logprobs;
    private final @Nullable Integer topLogprobs;
    private final Map<String, Object> customParameters;

    private DeepSeekChatRequestParameters(Builder builder) {
        super(builder);
        this.thinking = builder.thinking;
        this.reasoningEffort = builder.reasoningEffort;
        this.userId = builder.userId;
        this.prefix = builder.prefix;
        this.logprobs = builder.logprobs;
        this.topLogprobs = builder.topLogprobs;
        this.customParameters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.customParameters));
    }

    /** Whether to think. */
    public @Nullable ThinkingMode thinking() {
        return thinking;
    }

    /** How hard to think, such as {@code low}, {@code high} or {@code max}; {@code none} turns thinking off. */
    public @Nullable String reasoningEffort() {
        return reasoningEffort;
    }

    /** An id of the end user, letters, digits, _ and - only: DeepSeek keeps caches and limits apart by it. */
    public @Nullable String userId() {
        return userId;
    }

    /** Whether the last message is the beginning of the answer (prefix completion, beta). */
    public @Nullable Boolean prefix() {
        return prefix;
    }

    /** Whether to return log probabilities. */
    public @Nullable Boolean logprobs() {
        return logprobs;
    }

    /** How many alternatives to return for each token, 0 to 20; needs {@link #logprobs()}. */
    public @Nullable Integer topLogprobs() {
        return topLogprobs;
    }

    /** Fields for the request body that have no name here; they win over everything else. Never {@code null}. */
    public Map<String, Object> customParameters() {
        return customParameters;
    }

    @Override
    public DeepSeekChatRequestParameters overrideWith(ChatRequestParameters that) {
        return builder().overrideWith(this).overrideWith(that).build();
    }

    @Override
    public DeepSeekChatRequestParameters defaultedBy(ChatRequestParameters that) {
        return builder().overrideWith(that).overrideWith(this).build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof DeepSeekChatRequestParameters that
                && Objects.equals(thinking, that.thinking)
                && Objects.equals(reasoningEffort, that.reasoningEffort)
                && Objects.equals(userId, that.userId)
                && Objects.equals(prefix, that.prefix)
                && Objects.equals(logprobs, that.logprobs)
                && Objects.equals(topLogprobs, that.topLogprobs)
                && customParameters.equals(that.customParameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                super.hashCode(), thinking, reasoningEffort, userId, prefix, logprobs, topLogprobs, customParameters);
    }

    @Override
    public String toString() {
        return "DeepSeek" + super.toString() + ", thinking=" + thinking + ", reasoningEffort=" + reasoningEffort
                + ", userId=" + userId + ", prefix=" + prefix + ", logprobs=" + logprobs + ", topLogprobs="
                + topLogprobs + ", customParameters=" + customParameters;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** LangChain4j's setters and DeepSeek's own. */
    public static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {

        private @Nullable ThinkingMode thinking;
        private @Nullable String reasoningEffort;
        private @Nullable String userId;
        private @Nullable Boolean prefix;
        private @Nullable Boolean logprobs;
        private @Nullable Integer topLogprobs;
        private Map<String, Object> customParameters = Map.of();

        private Builder() {}

        @Override
        public Builder overrideWith(ChatRequestParameters parameters) {
            super.overrideWith(parameters);
            if (parameters instanceof DeepSeekChatRequestParameters that) {
                thinking = that.thinking != null ? that.thinking : thinking;
                reasoningEffort = that.reasoningEffort != null ? that.reasoningEffort : reasoningEffort;
                userId = that.userId != null ? that.userId : userId;
                prefix = that.prefix != null ? that.prefix : prefix;
                logprobs = that.logprobs != null ? that.logprobs : logprobs;
                topLogprobs = that.topLogprobs != null ? that.topLogprobs : topLogprobs;
                customParameters = merged(customParameters, that.customParameters);
            }
            return this;
        }

        private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> over) {
            Map<String, Object> all = new LinkedHashMap<>(base);
            all.putAll(over);
            return all;
        }

        /** On or off; {@link #thinking(ThinkingMode)} can also say the model's default again. */
        public Builder thinking(boolean thinking) {
            return thinking(thinking ? ThinkingMode.ON : ThinkingMode.OFF);
        }

        public Builder thinking(@Nullable ThinkingMode thinking) {
            this.thinking = thinking;
            return this;
        }

        public Builder reasoningEffort(@Nullable String reasoningEffort) {
            this.reasoningEffort = reasoningEffort;
            return this;
        }

        public Builder userId(@Nullable String userId) {
            this.userId = userId;
            return this;
        }

        public Builder prefix(@Nullable Boolean prefix) {
            this.prefix = prefix;
            return this;
        }

        public Builder logprobs(@Nullable Boolean logprobs) {
            this.logprobs = logprobs;
            return this;
        }

        public Builder topLogprobs(@Nullable Integer topLogprobs) {
            this.topLogprobs = topLogprobs;
            return this;
        }

        public Builder customParameters(Map<String, Object> customParameters) {
            this.customParameters = requireNonNull(customParameters, "customParameters");
            return this;
        }

        @Override
        public DeepSeekChatRequestParameters build() {
            return new DeepSeekChatRequestParameters(this);
        }
    }
}
