package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.github.deepthink4j.internal.request.ForeignParameters;
import io.github.deepthink4j.internal.request.Option;
import io.github.deepthink4j.internal.request.Options;
import io.github.deepthink4j.profile.SafetyLevel;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.List;
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

    private final Options options;

    private DeepSeekChatRequestParameters(Builder builder) {
        super(builder);
        this.options = builder.options;
    }

    /** Whether to think. */
    public @Nullable ThinkingMode thinking() {
        return options.get(Option.THINKING);
    }

    /** How hard to think, such as {@code low}, {@code high} or {@code max}; {@code none} turns thinking off. */
    public @Nullable String reasoningEffort() {
        return options.get(Option.REASONING_EFFORT);
    }

    /**
     * An id of the end user, 512 bytes of UTF-8 at most; letters, digits, _ and - are recommended. DeepSeek keeps users apart by it, in its
     * cache, its safety checks and its scheduling, so it should be nothing that tells who somebody is.
     */
    public @Nullable String userId() {
        return options.get(Option.USER_ID);
    }

    /** Whether the last message is the beginning of the answer (prefix completion, beta); a {@link Continuation} sees to it. */
    public @Nullable Boolean prefix() {
        return options.get(Option.PREFIX);
    }

    /** Whether to return log probabilities. */
    public @Nullable Boolean logprobs() {
        return options.get(Option.LOGPROBS);
    }

    /** How many alternatives to return for each token, 0 to 20; needs {@link #logprobs()}. */
    public @Nullable Integer topLogprobs() {
        return options.get(Option.TOP_LOGPROBS);
    }

    /** For answers that can be repeated, as far as the host goes by it: vLLM, SGLang and Ollama do, DeepSeek's own API does not. */
    public @Nullable Integer seed() {
        return options.get(Option.SEED);
    }

    /** How strictly DeepSeek checks request and answer. With {@link SafetyLevel#HIGH} an answer may be refused after its last token. */
    public @Nullable SafetyLevel safetyCheck() {
        return options.get(Option.SAFETY_CHECK);
    }

    /** The tools that the server runs, beside the function tools; {@code null} where nothing was said. */
    public @Nullable List<ServerTool> serverTools() {
        return options.get(Option.SERVER_TOOLS);
    }

    /**
     * Fields for the request body that have no name here, see {@link DeepSeekModelBuilder#customParameters}; never {@code null}.
     */
    public Map<String, Object> customParameters() {
        return options.get(Option.CUSTOM_PARAMETERS, Map.of());
    }

    @Override
    public DeepSeekChatRequestParameters overrideWith(ChatRequestParameters that) {
        return builder().overrideWith(this).overrideWith(that).build();
    }

    @Override
    public DeepSeekChatRequestParameters defaultedBy(ChatRequestParameters that) {
        return builder().overrideWith(that).overrideWith(this).build();
    }

    /** A server's own words for a stop sequence that is null name no setter. */
    static @Nullable List<String> withoutNull(@Nullable List<String> stopSequences) {
        if (stopSequences != null && stopSequences.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("stopSequences has an entry that is null, in " + stopSequences);
        }
        return stopSequences;
    }

    /** These themselves, or whatever others say in our words. */
    static DeepSeekChatRequestParameters of(ChatRequestParameters parameters) {
        return parameters instanceof DeepSeekChatRequestParameters own
                ? own
                : builder().overrideWith(parameters).build();
    }

    Options options() {
        return options;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof DeepSeekChatRequestParameters that
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), options);
    }

    @Override
    public String toString() {
        return "DeepSeek" + super.toString() + " " + options;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** LangChain4j's setters and DeepSeek's own. */
    public static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {

        private Options options = Options.NONE;

        private Builder() {}

        /**
         * Takes what these say. Of another vendor's parameters, such as LangChain4j's {@code OpenAiChatRequestParameters}, also what is
         * DeepSeek's own under their names; what means nothing here is left out, and a model says so once.
         */
        @Override
        public Builder overrideWith(ChatRequestParameters parameters) {
            super.overrideWith(parameters);
            if (parameters instanceof DeepSeekChatRequestParameters that) {
                options = options.overrideWith(that.options);
                return this;
            }
            ForeignParameters foreign = ForeignParameters.of(parameters);
            options = options.overrideWith(foreign.options());
            return foreign.maxOutputTokens() == null ? this : maxOutputTokens(foreign.maxOutputTokens());
        }

        @Override
        public Builder stopSequences(@Nullable List<String> stopSequences) {
            return super.stopSequences(withoutNull(stopSequences));
        }

        private <T> Builder with(Option<T> option, @Nullable T value) {
            options = options.with(option, value);
            return this;
        }

        /** On or off; {@link #thinking(ThinkingMode)} can also say the model's default again. */
        public Builder thinking(boolean thinking) {
            return thinking(thinking ? ThinkingMode.ON : ThinkingMode.OFF);
        }

        public Builder thinking(@Nullable ThinkingMode thinking) {
            return with(Option.THINKING, thinking);
        }

        public Builder reasoningEffort(@Nullable String reasoningEffort) {
            return with(Option.REASONING_EFFORT, reasoningEffort);
        }

        public Builder userId(@Nullable String userId) {
            return with(Option.USER_ID, userId);
        }

        public Builder prefix(@Nullable Boolean prefix) {
            return with(Option.PREFIX, prefix);
        }

        public Builder logprobs(@Nullable Boolean logprobs) {
            return with(Option.LOGPROBS, logprobs);
        }

        public Builder topLogprobs(@Nullable Integer topLogprobs) {
            return with(Option.TOP_LOGPROBS, topLogprobs);
        }

        public Builder seed(@Nullable Integer seed) {
            return with(Option.SEED, seed);
        }

        public Builder serverTools(ServerTool... serverTools) {
            return serverTools(List.of(serverTools));
        }

        /** An empty list for none, whatever the default parameters say. */
        public Builder serverTools(@Nullable List<ServerTool> serverTools) {
            return with(Option.SERVER_TOOLS, serverTools);
        }

        public Builder safetyCheck(@Nullable SafetyLevel safetyCheck) {
            return with(Option.SAFETY_CHECK, safetyCheck);
        }

        public Builder customParameters(Map<String, Object> customParameters) {
            return with(Option.CUSTOM_PARAMETERS, requireNonNull(customParameters, "customParameters"));
        }

        @Override
        public DeepSeekChatRequestParameters build() {
            return new DeepSeekChatRequestParameters(this);
        }
    }
}
