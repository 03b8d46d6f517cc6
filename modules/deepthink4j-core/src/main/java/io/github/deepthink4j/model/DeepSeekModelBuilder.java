package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.profile.Efforts;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.profile.SafetyLevel;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of the blocking and the streaming model share, under LangChain4j's names. What is not set, or set to
 * {@code null}, has the default that its setter names.
 *
 * @param <B> the builder itself
 */
public abstract class DeepSeekModelBuilder<B extends DeepSeekModelBuilder<B>> extends DeepSeekCallBuilder<B> {

    private final DeepSeekChatRequestParameters.Builder parameters = DeepSeekChatRequestParameters.builder();
    private @Nullable ChatRequestParameters defaultRequestParameters;
    private PromptLanguage promptLanguage = PromptLanguage.OF_CONVERSATION;
    private boolean strictTools;

    DeepSeekModelBuilder() {}

    /** The model id, such as {@code deepseek-flash}; it also chooses the {@link #profile}. No default. */
    public B modelName(@Nullable String modelName) {
        parameters.modelName(modelName);
        return self();
    }

    /** Whether to think; by default as the model does by itself. */
    public B thinking(boolean thinking) {
        parameters.thinking(thinking);
        return self();
    }

    /** Whether to think; {@code null} is {@link ThinkingMode#MODEL_DEFAULT}. */
    public B thinking(@Nullable ThinkingMode thinking) {
        parameters.thinking(thinking);
        return self();
    }

    /** How hard to think: {@code low}, {@code high}, {@code max}, or another word that the model knows. */
    public B reasoningEffort(@Nullable String reasoningEffort) {
        parameters.reasoningEffort(reasoningEffort);
        return self();
    }

    /** 0 to 2; the server's default is 1. DeepSeek ignores it while thinking. */
    public B temperature(@Nullable Double temperature) {
        parameters.temperature(temperature);
        return self();
    }

    /** 0 to 1; the server's default is 1. */
    public B topP(@Nullable Double topP) {
        parameters.topP(topP);
        return self();
    }

    /** Not supported by DeepSeek; here so that a request that names it can be told so. */
    public B topK(@Nullable Integer topK) {
        parameters.topK(topK);
        return self();
    }

    /** Without effect on newer models. */
    public B frequencyPenalty(@Nullable Double frequencyPenalty) {
        parameters.frequencyPenalty(frequencyPenalty);
        return self();
    }

    /** Without effect on newer models. */
    public B presencePenalty(@Nullable Double presencePenalty) {
        parameters.presencePenalty(presencePenalty);
        return self();
    }

    /** The most tokens to generate, on all models but R1 including the thought. */
    public B maxOutputTokens(@Nullable Integer maxOutputTokens) {
        parameters.maxOutputTokens(maxOutputTokens);
        return self();
    }

    /**
     * At most 16.
     *
     * @throws IllegalArgumentException if one is {@code null}
     */
    public B stopSequences(@Nullable List<String> stopSequences) {
        parameters.stopSequences(stopSequences);
        return self();
    }

    /** An id of the end user, 512 bytes of UTF-8 at most; letters, digits, _ and - are recommended. It should not tell who somebody is. */
    public B userId(@Nullable String userId) {
        parameters.userId(userId);
        return self();
    }

    /** Whether to return log probabilities. */
    public B logprobs(@Nullable Boolean logprobs) {
        parameters.logprobs(logprobs);
        return self();
    }

    /** How many alternatives to return for each token, 0 to 20. */
    public B topLogprobs(@Nullable Integer topLogprobs) {
        parameters.topLogprobs(topLogprobs);
        return self();
    }

    /** For answers that can be repeated, as far as the host goes by it: vLLM, SGLang and Ollama do, DeepSeek's own API does not. */
    public B seed(@Nullable Integer seed) {
        parameters.seed(seed);
        return self();
    }

    /**
     * Tools that DeepSeek's servers run while they answer, such as {@link ServerTool#WEB_SEARCH}; none by default. What comes back of
     * them is kept in the message and goes back with it, see {@code Citation} for the sources.
     */
    public B serverTools(ServerTool... serverTools) {
        parameters.serverTools(serverTools);
        return self();
    }

    /**
     * How strictly DeepSeek checks request and answer; by default as it does by itself. With {@link SafetyLevel#HIGH} an answer may be
     * refused after its last token: what was shown of it must be withdrawn then, see {@code ContentRefusedException.mustWithdraw()}.
     */
    public B safetyCheck(@Nullable SafetyLevel safetyCheck) {
        parameters.safetyCheck(safetyCheck);
        return self();
    }

    /** Text by default; JSON, with or without a schema, where the model has a JSON mode. */
    public B responseFormat(@Nullable ResponseFormat responseFormat) {
        parameters.responseFormat(responseFormat);
        return self();
    }

    /**
     * Fields for the request body that have no setter here, written as they stand. What the request has already is written once: objects
     * are merged field by field, to a list such as {@code tools} is added what it does not hold, and an equal value is the same. Where they
     * say something else than the request, {@link #parameterCheck} decides: it is refused, or they win with a warning, but never over
     * {@code model}, {@code messages} and {@code stream}.
     *
     * @throws IllegalArgumentException if one has no name, or can't be written as JSON
     */
    public B customParameters(Map<String, Object> customParameters) {
        parameters.customParameters(customParameters);
        return self();
    }

    /**
     * Whether tool arguments are held to their schema; off by default. DeepSeek does so on its beta root only, and wants each object closed
     * and each property required: what is optional may be {@code null} then. What can't be said in such a schema is refused with its path.
     */
    public B strictTools(boolean strictTools) {
        this.strictTools = strictTools;
        return self();
    }

    /**
     * The language of what is added to a request in words, such as the wish for JSON;
     * {@link PromptLanguage#OF_CONVERSATION} by default.
     */
    public B promptLanguage(PromptLanguage promptLanguage) {
        this.promptLanguage = requireNonNull(promptLanguage, "promptLanguage");
        return self();
    }

    /** Parameters for requests that do not say otherwise; the builder's own setters come before them. */
    public B defaultRequestParameters(@Nullable ChatRequestParameters defaultRequestParameters) {
        this.defaultRequestParameters = defaultRequestParameters;
        return self();
    }

    // What those who come from LangChain4j's OpenAI module look for. docs/migration.md has all of it.

    /**
     * @deprecated the same as {@link #maxOutputTokens}, LangChain4j's name for it
     */
    @Deprecated(since = "0.1.0")
    public B maxTokens(@Nullable Integer maxTokens) {
        return maxOutputTokens(maxTokens);
    }

    /**
     * @deprecated the same as {@link #maxOutputTokens}, which includes the thought as well on all models but R1
     */
    @Deprecated(since = "0.1.0")
    public B maxCompletionTokens(@Nullable Integer maxCompletionTokens) {
        return maxOutputTokens(maxCompletionTokens);
    }

    /**
     * @deprecated the same as {@link #stopSequences}, LangChain4j's name for it
     */
    @Deprecated(since = "0.1.0")
    public B stop(@Nullable List<String> stop) {
        return stopSequences(stop);
    }

    /**
     * @deprecated the same as {@link #userId}, DeepSeek's name for it
     */
    @Deprecated(since = "0.1.0")
    public B user(@Nullable String user) {
        return userId(user);
    }

    /**
     * @deprecated leave it out: the thought always comes, apart from the answer, as {@code aiMessage().thinking()} and
     *             {@code onPartialThinking}. {@link #thinking(boolean)} turns thinking itself off
     * @throws IllegalArgumentException if it is {@code false}
     */
    @Deprecated(since = "0.1.0")
    public B returnThinking(@Nullable Boolean returnThinking) {
        if (Boolean.FALSE.equals(returnThinking)) {
            throw new IllegalArgumentException(
                    "returnThinking(false) is not known here: the thought always comes, apart from the answer, "
                            + "and costs nothing to ignore. Leave it out, or turn thinking off with thinking(false)");
        }
        return self();
    }

    /**
     * @deprecated leave it out, it has no effect: which earlier thoughts are sent back is a rule of the model's, and the
     *             {@link #profile} has it. Sent where it is not wanted it was a 400 of R1's, left out where it is wanted it is one of V4's
     */
    @Deprecated(since = "0.1.0")
    public B sendThinking(@Nullable Boolean sendThinking) {
        return self();
    }

    /**
     * @deprecated leave it out, it has no effect: whether is the {@link #profile}'s, and under which name the {@link #dialect}'s
     */
    @Deprecated(since = "0.1.0")
    public B sendThinking(@Nullable Boolean sendThinking, @Nullable String fieldName) {
        return self();
    }

    /**
     * @deprecated DeepSeek's JSON mode knows no schema, so the schema goes into the system message. Of tools, {@link #strictTools}
     *             holds the arguments to their schema; {@code ReasonThenStructure} of {@code deepthink4j-agents} checks an answer
     * @throws IllegalArgumentException if it is {@code true}
     */
    @Deprecated(since = "0.1.0")
    public B strictJsonSchema(@Nullable Boolean strictJsonSchema) {
        if (Boolean.TRUE.equals(strictJsonSchema)) {
            throw new IllegalArgumentException(
                    "strictJsonSchema is not known to DeepSeek: its JSON mode takes no schema. Leave it out; "
                            + "ReasonThenStructure of deepthink4j-agents holds an answer to a schema, and strictTools the arguments of tools");
        }
        return self();
    }

    /**
     * @deprecated leave it out, it has no effect: a model says by itself what it can do, by its {@link #profile}
     */
    @Deprecated(since = "0.1.0")
    public B supportedCapabilities(@Nullable Set<Capability> supportedCapabilities) {
        return self();
    }

    /**
     * @deprecated leave it out, it has no effect: a model says by itself what it can do, by its {@link #profile}
     */
    @Deprecated(since = "0.1.0")
    public B supportedCapabilities(Capability... supportedCapabilities) {
        return self();
    }

    DeepSeekChatRequestParameters builtParameters() {
        DeepSeekChatRequestParameters own = parameters.build();
        return defaultRequestParameters == null ? own : own.defaultedBy(defaultRequestParameters);
    }

    /** A request may turn off what the builder has set; what contradicts itself in one place is told. */
    private void tellIfNoEffortIsSent(Class<?> owner) {
        DeepSeekChatRequestParameters said = builtParameters();
        String effort = said.reasoningEffort();
        if (said.thinking() == ThinkingMode.OFF && effort != null && !effort.equalsIgnoreCase(Efforts.NONE_EFFORT)) {
            SafeLog.of(log(owner))
                    .warn("thinking is turned off, so reasoningEffort '" + effort
                            + "' is not sent until a request turns thinking on. Leave one of them out");
        }
    }

    ModelSettings settings(Class<?> owner, boolean streamOnWire) {
        tellIfNoEffortIsSent(owner);
        return settings(owner, promptLanguage, strictTools, streamOnWire);
    }
}
