package io.github.deepthink4j.model;

import io.github.deepthink4j.profile.PromptLanguage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of the blocking and the streaming model share that complete a text in its middle. What is not set, or set to
 * {@code null}, is left to the server.
 *
 * @param <B> the builder itself
 */
public abstract class DeepSeekFimModelBuilder<B extends DeepSeekFimModelBuilder<B>> extends DeepSeekCallBuilder<B> {

    private @Nullable String modelName;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private Map<String, Object> customParameters = Map.of();
    private boolean emptyAnswers;

    DeepSeekFimModelBuilder() {}

    private B with(String field, @Nullable Object value) {
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }
        return self();
    }

    /** The model id, such as {@code deepseek-flash}; it also chooses the {@link #profile}. No default. */
    public B modelName(@Nullable String modelName) {
        this.modelName = modelName;
        return self();
    }

    /** The most tokens to put in; DeepSeek's API takes 4,096 at most. */
    public B maxOutputTokens(@Nullable Integer maxOutputTokens) {
        return with("max_tokens", maxOutputTokens);
    }

    /** 0 to 2; the server's default is 1. */
    public B temperature(@Nullable Double temperature) {
        return with("temperature", temperature);
    }

    /** 0 to 1; the server's default is 1. */
    public B topP(@Nullable Double topP) {
        return with("top_p", topP);
    }

    /** -2 to 2; without effect on newer models. */
    public B frequencyPenalty(@Nullable Double frequencyPenalty) {
        return with("frequency_penalty", frequencyPenalty);
    }

    /** -2 to 2; without effect on newer models. */
    public B presencePenalty(@Nullable Double presencePenalty) {
        return with("presence_penalty", presencePenalty);
    }

    /** Where to stop: at most 16 texts, which are not part of the answer. */
    public B stopSequences(@Nullable List<String> stopSequences) {
        DeepSeekChatRequestParameters.withoutNull(stopSequences);
        return with("stop", stopSequences == null || stopSequences.isEmpty() ? null : List.copyOf(stopSequences));
    }

    /** Whether the answer begins with the prompt; not with a suffix, nor with {@link #logprobs}. */
    public B echo(@Nullable Boolean echo) {
        return with("echo", echo);
    }

    /** How many of the likeliest tokens to return for each token, 0 to 20. */
    public B logprobs(@Nullable Integer logprobs) {
        return with("logprobs", logprobs);
    }

    /**
     * Fields for the request body that have no setter here; with what the request has already they go as
     * {@link DeepSeekModelBuilder#customParameters} says.
     */
    public B customParameters(Map<String, Object> customParameters) {
        this.customParameters = Collections.unmodifiableMap(new LinkedHashMap<>(customParameters));
        return self();
    }

    /**
     * Whether no text at all is an answer: there may be nothing to put in. Off by default: then it is tried again, and is an
     * {@code EmptyAnswerException} in the end, as in a chat. White space is an answer in any case.
     */
    public B emptyAnswers(boolean emptyAnswers) {
        this.emptyAnswers = emptyAnswers;
        return self();
    }

    // What those who come from LangChain4j's Mistral module look for.

    /**
     * @deprecated the same as {@link #maxOutputTokens}, LangChain4j's name for it
     */
    @Deprecated(since = "0.1.0")
    public B maxTokens(@Nullable Integer maxTokens) {
        return maxOutputTokens(maxTokens);
    }

    /**
     * @deprecated the same as {@link #stopSequences}, LangChain4j's name for it
     */
    @Deprecated(since = "0.1.0")
    public B stop(@Nullable List<String> stop) {
        return stopSequences(stop);
    }

    @Override
    Endpoints endpoints() {
        return super.endpoints().withoutCompletions();
    }

    FimCalls calls(Class<?> owner, boolean streamOnWire) {
        if (modelName == null || modelName.isBlank()) {
            throw new IllegalArgumentException(
                    "modelName is missing: set it on the builder, such as .modelName(\"deepseek-flash\")");
        }
        return new FimCalls(
                settings(owner, PromptLanguage.OF_CONVERSATION, false, streamOnWire),
                builtListeners(),
                modelName,
                new LinkedHashMap<>(fields),
                customParameters,
                emptyAnswers);
    }
}
