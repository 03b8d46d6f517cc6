package io.github.deepthink4j.internal.request;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to the wire: what was asked for, after defaults were applied. {@link RequestCheck} may take
 * something away from it, the history is shaped by it, and the wire writes it.
 *
 * @param reasoningEffort as the user named it
 * @param prefix          whether the last message is the beginning of the answer
 * @param strictTools     whether tool arguments are to be held to their schema
 */
public record RequestDraft(
        String modelName,
        List<ChatMessage> messages,
        ThinkingMode thinking,
        @Nullable String reasoningEffort,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable Integer maxOutputTokens,
        List<String> stopSequences,
        List<ToolSpecification> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable ResponseFormat responseFormat,
        @Nullable Boolean logprobs,
        @Nullable Integer topLogprobs,
        @Nullable String userId,
        boolean prefix,
        boolean strictTools,
        Map<String, Object> customParameters) {

    public RequestDraft {
        requireNonNull(modelName, "modelName");
        messages = List.copyOf(messages);
        requireNonNull(thinking, "thinking");
        stopSequences = List.copyOf(stopSequences);
        tools = List.copyOf(tools);
        requireNonNull(customParameters, "customParameters");
    }

    /** A builder that holds everything this draft holds. */
    public RequestDraftBuilder toBuilder() {
        return new RequestDraftBuilder(this);
    }

    /** Whether this request can call tools. */
    public boolean hasTools() {
        return !tools.isEmpty();
    }
}
