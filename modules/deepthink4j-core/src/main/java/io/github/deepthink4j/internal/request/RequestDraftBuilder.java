package io.github.deepthink4j.internal.request;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link RequestDraft}. */
public final class RequestDraftBuilder {

    private String modelName;
    private List<ChatMessage> messages;
    private ThinkingMode thinking = ThinkingMode.MODEL_DEFAULT;
    private @Nullable String reasoningEffort;
    private @Nullable Double temperature;
    private @Nullable Double topP;
    private @Nullable Integer topK;
    private @Nullable Double frequencyPenalty;
    private @Nullable Double presencePenalty;
    private @Nullable Integer maxOutputTokens;
    private List<String> stopSequences = List.of();
    private List<ToolSpecification> tools = List.of();
    private @Nullable ToolChoice toolChoice;
    private @Nullable ResponseFormat responseFormat;
    private @Nullable Boolean logprobs;
    private @Nullable Integer topLogprobs;
    private @Nullable String userId;
    private boolean prefix;
    private boolean strictTools;
    private Map<String, Object> customParameters = Map.of();

    /** A draft of these messages for this model. */
    public RequestDraftBuilder(String modelName, List<ChatMessage> messages) {
        this.modelName = modelName;
        this.messages = messages;
    }

    RequestDraftBuilder(RequestDraft draft) {
        this.modelName = draft.modelName();
        this.messages = draft.messages();
        this.thinking = draft.thinking();
        this.reasoningEffort = draft.reasoningEffort();
        this.temperature = draft.temperature();
        this.topP = draft.topP();
        this.topK = draft.topK();
        this.frequencyPenalty = draft.frequencyPenalty();
        this.presencePenalty = draft.presencePenalty();
        this.maxOutputTokens = draft.maxOutputTokens();
        this.stopSequences = draft.stopSequences();
        this.tools = draft.tools();
        this.toolChoice = draft.toolChoice();
        this.responseFormat = draft.responseFormat();
        this.logprobs = draft.logprobs();
        this.topLogprobs = draft.topLogprobs();
        this.userId = draft.userId();
        this.prefix = draft.prefix();
        this.strictTools = draft.strictTools();
        this.customParameters = draft.customParameters();
    }

    public RequestDraftBuilder messages(List<ChatMessage> messages) {
        this.messages = messages;
        return this;
    }

    public RequestDraftBuilder thinking(ThinkingMode thinking) {
        this.thinking = thinking;
        return this;
    }

    public RequestDraftBuilder reasoningEffort(@Nullable String reasoningEffort) {
        this.reasoningEffort = reasoningEffort;
        return this;
    }

    public RequestDraftBuilder temperature(@Nullable Double temperature) {
        this.temperature = temperature;
        return this;
    }

    public RequestDraftBuilder topP(@Nullable Double topP) {
        this.topP = topP;
        return this;
    }

    public RequestDraftBuilder topK(@Nullable Integer topK) {
        this.topK = topK;
        return this;
    }

    public RequestDraftBuilder frequencyPenalty(@Nullable Double frequencyPenalty) {
        this.frequencyPenalty = frequencyPenalty;
        return this;
    }

    public RequestDraftBuilder presencePenalty(@Nullable Double presencePenalty) {
        this.presencePenalty = presencePenalty;
        return this;
    }

    public RequestDraftBuilder maxOutputTokens(@Nullable Integer maxOutputTokens) {
        this.maxOutputTokens = maxOutputTokens;
        return this;
    }

    public RequestDraftBuilder stopSequences(List<String> stopSequences) {
        this.stopSequences = stopSequences;
        return this;
    }

    public RequestDraftBuilder tools(List<ToolSpecification> tools) {
        this.tools = tools;
        return this;
    }

    public RequestDraftBuilder toolChoice(@Nullable ToolChoice toolChoice) {
        this.toolChoice = toolChoice;
        return this;
    }

    public RequestDraftBuilder responseFormat(@Nullable ResponseFormat responseFormat) {
        this.responseFormat = responseFormat;
        return this;
    }

    public RequestDraftBuilder logprobs(@Nullable Boolean logprobs) {
        this.logprobs = logprobs;
        return this;
    }

    public RequestDraftBuilder topLogprobs(@Nullable Integer topLogprobs) {
        this.topLogprobs = topLogprobs;
        return this;
    }

    public RequestDraftBuilder userId(@Nullable String userId) {
        this.userId = userId;
        return this;
    }

    public RequestDraftBuilder prefix(boolean prefix) {
        this.prefix = prefix;
        return this;
    }

    public RequestDraftBuilder strictTools(boolean strictTools) {
        this.strictTools = strictTools;
        return this;
    }

    public RequestDraftBuilder customParameters(Map<String, Object> customParameters) {
        this.customParameters = customParameters;
        return this;
    }

    public RequestDraft build() {
        return new RequestDraft(
                modelName,
                messages,
                thinking,
                reasoningEffort,
                temperature,
                topP,
                topK,
                frequencyPenalty,
                presencePenalty,
                maxOutputTokens,
                stopSequences,
                tools,
                toolChoice,
                responseFormat,
                logprobs,
                topLogprobs,
                userId,
                prefix,
                strictTools,
                customParameters);
    }
}
