package io.github.deepthink4j.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What completions in the middle are asked for. All else they have as the chats of their model. */
class FimProperties {

    /** The most tokens to put in; DeepSeek's API takes 4096 at most. */
    private @Nullable Integer maxOutputTokens;

    /** 0 to 2. */
    private @Nullable Double temperature;

    /** 0 to 1. */
    private @Nullable Double topP;

    /** Without effect on newer models. */
    private @Nullable Double frequencyPenalty;

    /** Without effect on newer models. */
    private @Nullable Double presencePenalty;

    /** What ends the completion; at most 16. */
    private List<String> stopSequences = new ArrayList<>();

    /** Whether the answer begins with the prompt; not with a suffix, nor with logprobs. */
    private @Nullable Boolean echo;

    /** How many of the likeliest tokens to return for each token, 0 to 20. */
    private @Nullable Integer logprobs;

    /** Whether no text at all is an answer; false by default. */
    private @Nullable Boolean emptyAnswers;

    /** Fields for the request body that have no property here; none of those that there is a property for. */
    private Map<String, Object> customParameters = new LinkedHashMap<>();

    /** Whether anything is set, and so is meant to be checked at the start. */
    boolean saysAnything() {
        return maxOutputTokens != null
                || temperature != null
                || topP != null
                || frequencyPenalty != null
                || presencePenalty != null
                || !stopSequences.isEmpty()
                || echo != null
                || logprobs != null
                || emptyAnswers != null
                || !customParameters.isEmpty();
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

    public @Nullable Boolean getEcho() {
        return echo;
    }

    public void setEcho(@Nullable Boolean echo) {
        this.echo = echo;
    }

    public @Nullable Integer getLogprobs() {
        return logprobs;
    }

    public void setLogprobs(@Nullable Integer logprobs) {
        this.logprobs = logprobs;
    }

    public @Nullable Boolean getEmptyAnswers() {
        return emptyAnswers;
    }

    public void setEmptyAnswers(@Nullable Boolean emptyAnswers) {
        this.emptyAnswers = emptyAnswers;
    }

    public Map<String, Object> getCustomParameters() {
        return customParameters;
    }

    public void setCustomParameters(Map<String, Object> customParameters) {
        this.customParameters = customParameters;
    }
}
