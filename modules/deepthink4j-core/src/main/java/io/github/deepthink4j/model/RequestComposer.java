package io.github.deepthink4j.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.github.deepthink4j.internal.request.HistoryShaper;
import io.github.deepthink4j.internal.request.JsonPrompt;
import io.github.deepthink4j.internal.request.RequestCheck;
import io.github.deepthink4j.internal.request.RequestDraft;
import io.github.deepthink4j.internal.request.RequestDraftBuilder;
import io.github.deepthink4j.internal.request.RequestWriter;
import io.github.deepthink4j.internal.request.SchemaJson;
import io.github.deepthink4j.internal.request.ShapedHistory;
import io.github.deepthink4j.profile.Efforts;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a request from LangChain4j's to the bytes: draft, check, history, JSON. Pure but for the warnings. */
final class RequestComposer {

    private final ModelSettings settings;
    private final RequestCheck check;

    RequestComposer(ModelSettings settings) {
        this.settings = settings;
        this.check = new RequestCheck(settings.parameterCheck(), settings.log());
    }

    /** Throws what {@link RequestCheck} throws. */
    PreparedRequest compose(ChatRequest request, boolean stream) {
        ChatRequestParameters parameters = request.parameters();
        String modelName = parameters.modelName();
        if (modelName == null || modelName.isBlank()) {
            throw new IllegalArgumentException(
                    "modelName is missing: set it on the builder, such as .modelName(\"deepseek-flash\")");
        }
        ModelProfile profile = settings.profileFor(modelName);
        RequestDraft draft = check.apply(profile, draft(modelName, request.messages(), parameters));
        boolean wantsJson =
                draft.responseFormat() != null && draft.responseFormat().type() == ResponseFormatType.JSON;
        if (wantsJson) {
            draft = draft.toBuilder()
                    .messages(JsonPrompt.ask(draft.messages(), schemaOf(draft.responseFormat())))
                    .build();
        }
        ShapedHistory history = HistoryShaper.shape(profile, draft);
        byte[] body = RequestWriter.write(profile, draft, history.messages(), history.thinking(), stream);
        return new PreparedRequest(
                settings.endpoints().chatCompletions(draft.prefix() || (draft.strictTools() && draft.hasTools())),
                settings.headers().accepting(stream ? "text/event-stream" : "application/json"),
                body,
                modelName,
                profile,
                wantsJson,
                stream);
    }

    private RequestDraft draft(String modelName, List<ChatMessage> messages, ChatRequestParameters parameters) {
        RequestDraftBuilder draft = new RequestDraftBuilder(modelName, messages)
                .temperature(parameters.temperature())
                .topP(parameters.topP())
                .topK(parameters.topK())
                .frequencyPenalty(parameters.frequencyPenalty())
                .presencePenalty(parameters.presencePenalty())
                .maxOutputTokens(parameters.maxOutputTokens())
                .stopSequences(parameters.stopSequences())
                .tools(parameters.toolSpecifications())
                .toolChoice(parameters.toolChoice())
                .responseFormat(parameters.responseFormat())
                .strictTools(settings.strictTools());
        if (parameters instanceof DeepSeekChatRequestParameters own) {
            boolean effortSaysOff = Efforts.NONE_EFFORT.equalsIgnoreCase(own.reasoningEffort());
            ThinkingMode thinking = own.thinking() == null ? ThinkingMode.MODEL_DEFAULT : own.thinking();
            draft.thinking(effortSaysOff ? ThinkingMode.OFF : thinking)
                    .reasoningEffort(effortSaysOff ? null : own.reasoningEffort())
                    .logprobs(own.logprobs())
                    .topLogprobs(own.topLogprobs())
                    .userId(own.userId())
                    .prefix(Boolean.TRUE.equals(own.prefix()))
                    .customParameters(own.customParameters());
        }
        return draft.build();
    }

    private static @Nullable String schemaOf(@Nullable ResponseFormat format) {
        JsonSchema schema = format == null ? null : format.jsonSchema();
        return schema == null ? null : SchemaJson.text(schema.rootElement());
    }
}
