package io.github.deepthink4j.spring;

import dev.langchain4j.model.chat.request.ResponseFormatType;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.profile.SafetyLevel;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** A model: what it is asked by default, and how. What is {@code null} is as the library's builders have it. */
class ModelProperties extends ConnectionProperties {

    /** The model id, such as deepseek-flash or deepseek-v4-pro. At api.deepseek.com deepseek-flash by default; any other host needs it. */
    private @Nullable String modelName;

    /** The rules of the model: r1, v3-2, v4-flash, v4-pro, v4-1 and so on, or the name of a ModelProfile bean. By default the model id decides. */
    private @Nullable String profile;

    /** The host that serves the model: deepseek, vllm, sglang, ollama, openrouter and so on, or the name of a ReasoningDialect bean. By default as the profile has it. */
    private @Nullable String dialect;

    /** What is sent where the model wants reasoning back that nobody has: space, empty, or thinking-off. By default as the profile has it. */
    private @Nullable String lostReasoning;

    /** Whether to think: on, off, or model-default, which is the default. */
    private @Nullable ThinkingMode thinking;

    /** How hard to think: low, high, max, or another word that the model knows. */
    private @Nullable String reasoningEffort;

    /** What to do with a request against the rules of the model: fail (the default), warn, or ignore. */
    private @Nullable ParameterCheck parameterCheck;

    /** The language of what the library adds to a request in words; that of the conversation by default. */
    private @Nullable PromptLanguage promptLanguage;

    /** The most tokens to generate, on all models but R1 including the thought. */
    private @Nullable Integer maxOutputTokens;

    /** 0 to 2. DeepSeek ignores it while thinking. */
    private @Nullable Double temperature;

    /** 0 to 1. */
    private @Nullable Double topP;

    /** Without effect on newer models. */
    private @Nullable Double frequencyPenalty;

    /** Without effect on newer models. */
    private @Nullable Double presencePenalty;

    /** What the answer ends before; at most 16. */
    private List<String> stopSequences = new ArrayList<>();

    /** Text by default; json where the model has a JSON mode. */
    private @Nullable ResponseFormatType responseFormat;

    /** An id of the end user for requests that name none. */
    private @Nullable String userId;

    /** How strictly DeepSeek checks what is said: low, its default, or high. */
    private @Nullable SafetyLevel safetyCheck;

    /** Tools that DeepSeek's servers run while they answer: web-search, read-url, or another type; none by default. */
    private List<String> serverTools = new ArrayList<>();

    /** For answers that can be repeated, as far as the host goes by it. */
    private @Nullable Integer seed;

    /** Whether tool arguments are held to their schema; false by default. */
    private @Nullable Boolean strictTools;

    /** Fields for the request body that have no property here; none of those that there is a property for. */
    private Map<String, Object> customParameters = new LinkedHashMap<>();

    /** When to send a request again. */
    @NestedConfigurationProperty
    private RetryProperties retry = new RetryProperties();

    /** How many calls may run and wait. The blocking and the streaming model of a name share it. */
    @NestedConfigurationProperty
    private LimitProperties limit = new LimitProperties();

    /** What completions in the middle are asked for, which have none of what is set for chats. */
    @NestedConfigurationProperty
    private FimProperties fim = new FimProperties();

    public @Nullable String getModelName() {
        return modelName;
    }

    public void setModelName(@Nullable String modelName) {
        this.modelName = modelName;
    }

    public @Nullable String getProfile() {
        return profile;
    }

    public void setProfile(@Nullable String profile) {
        this.profile = profile;
    }

    public @Nullable String getDialect() {
        return dialect;
    }

    public void setDialect(@Nullable String dialect) {
        this.dialect = dialect;
    }

    public @Nullable String getLostReasoning() {
        return lostReasoning;
    }

    public void setLostReasoning(@Nullable String lostReasoning) {
        this.lostReasoning = lostReasoning;
    }

    public @Nullable ThinkingMode getThinking() {
        return thinking;
    }

    public void setThinking(@Nullable ThinkingMode thinking) {
        this.thinking = thinking;
    }

    public @Nullable String getReasoningEffort() {
        return reasoningEffort;
    }

    public void setReasoningEffort(@Nullable String reasoningEffort) {
        this.reasoningEffort = reasoningEffort;
    }

    public @Nullable ParameterCheck getParameterCheck() {
        return parameterCheck;
    }

    public void setParameterCheck(@Nullable ParameterCheck parameterCheck) {
        this.parameterCheck = parameterCheck;
    }

    public @Nullable PromptLanguage getPromptLanguage() {
        return promptLanguage;
    }

    public void setPromptLanguage(@Nullable PromptLanguage promptLanguage) {
        this.promptLanguage = promptLanguage;
    }

    public @Nullable Integer getMaxOutputTokens() {
        return maxOutputTokens;
    }

    public void setMaxOutputTokens(@Nullable Integer maxOutputTokens) {
        this.maxOutputTokens = maxOutputTokens;
    }

    public @Nullable Double getTemperature() {
        return temperature;
    }

    public void setTemperature(@Nullable Double temperature) {
        this.temperature = temperature;
    }

    public @Nullable Double getTopP() {
        return topP;
    }

    public void setTopP(@Nullable Double topP) {
        this.topP = topP;
    }

    public @Nullable Double getFrequencyPenalty() {
        return frequencyPenalty;
    }

    public void setFrequencyPenalty(@Nullable Double frequencyPenalty) {
        this.frequencyPenalty = frequencyPenalty;
    }

    public @Nullable Double getPresencePenalty() {
        return presencePenalty;
    }

    public void setPresencePenalty(@Nullable Double presencePenalty) {
        this.presencePenalty = presencePenalty;
    }

    public List<String> getStopSequences() {
        return stopSequences;
    }

    public void setStopSequences(List<String> stopSequences) {
        this.stopSequences = stopSequences;
    }

    public @Nullable ResponseFormatType getResponseFormat() {
        return responseFormat;
    }

    public void setResponseFormat(@Nullable ResponseFormatType responseFormat) {
        this.responseFormat = responseFormat;
    }

    public @Nullable String getUserId() {
        return userId;
    }

    public void setUserId(@Nullable String userId) {
        this.userId = userId;
    }

    public @Nullable SafetyLevel getSafetyCheck() {
        return safetyCheck;
    }

    public void setSafetyCheck(@Nullable SafetyLevel safetyCheck) {
        this.safetyCheck = safetyCheck;
    }

    public List<String> getServerTools() {
        return serverTools;
    }

    public void setServerTools(List<String> serverTools) {
        this.serverTools = serverTools;
    }

    public @Nullable Integer getSeed() {
        return seed;
    }

    public void setSeed(@Nullable Integer seed) {
        this.seed = seed;
    }

    public @Nullable Boolean getStrictTools() {
        return strictTools;
    }

    public void setStrictTools(@Nullable Boolean strictTools) {
        this.strictTools = strictTools;
    }

    public Map<String, Object> getCustomParameters() {
        return customParameters;
    }

    public void setCustomParameters(Map<String, Object> customParameters) {
        this.customParameters = customParameters;
    }

    public RetryProperties getRetry() {
        return retry;
    }

    public void setRetry(RetryProperties retry) {
        this.retry = retry;
    }

    public LimitProperties getLimit() {
        return limit;
    }

    public void setLimit(LimitProperties limit) {
        this.limit = limit;
    }

    public FimProperties getFim() {
        return fim;
    }

    public void setFim(FimProperties fim) {
        this.fim = fim;
    }
}
