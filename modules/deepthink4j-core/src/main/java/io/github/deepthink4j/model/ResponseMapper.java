package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.github.deepthink4j.internal.answer.AssembledAnswer;
import io.github.deepthink4j.internal.http.HttpErrors;
import io.github.deepthink4j.internal.http.Secrets;
import io.github.deepthink4j.internal.value.JsonTrees;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** An assembled answer as LangChain4j's response. */
final class ResponseMapper {

    private ResponseMapper() {}

    static ChatResponse response(
            PreparedRequest request, AssembledAnswer answer, Map<String, List<String>> headers, Billing billing) {
        Secrets secrets = request.secrets();
        return ChatResponse.builder()
                .aiMessage(message(request, answer))
                .metadata(DeepSeekChatResponseMetadata.builder()
                        .id(secrets.shown(answer.id(), Secrets.MAX_WORDS))
                        .modelName(modelName(request, answer))
                        .tokenUsage(billing.usageOfAnswer(answer))
                        .finishReason(finishReason(answer))
                        .created(answer.created())
                        .systemFingerprint(secrets.shown(answer.systemFingerprint(), Secrets.MAX_WORDS))
                        .requestId(HttpErrors.requestId(headers, secrets))
                        .beginning(request.beginning())
                        .logprobs(answer.logprobs() == null ? null : secrets.masked(answer.logprobs()))
                        .unknownFields(secrets.masked(answer.unknownFields()))
                        .build())
                .build();
    }

    static String modelName(PreparedRequest request, AssembledAnswer answer) {
        String said = answer.model();
        if (said == null || said.equals(request.modelName())) {
            return request.modelName();
        }
        String shown = request.secrets().shown(said, Secrets.MAX_WORDS);
        return shown == null ? request.modelName() : shown;
    }

    static AiMessage message(PreparedRequest request, AssembledAnswer answer) {
        String text = answer.text();
        // What is said beside tool calls is not the answer yet.
        JsonAnswer json = answer.toolCalls().isEmpty() ? request.json() : null;
        return AiMessage.builder()
                .text(text == null || json == null ? text : json.in(text))
                .thinking(thinking(answer))
                .toolExecutionRequests(answer.toolCalls())
                .attributes(attributes(request, answer))
                .build();
    }

    private static Map<String, Object> attributes(PreparedRequest request, AssembledAnswer answer) {
        Map<String, Object> attributes = new HashMap<>();
        String field = answer.reasoningField();
        if (field != null && !field.equals("reasoning_content")) {
            attributes.put(ReasoningDialect.FIELD_ATTRIBUTE, field);
        }
        if (answer.half() != null) {
            attributes.put(HalfCharacter.ATTRIBUTE, HalfCharacter.written(answer.half()));
        }
        SortedMap<String, JsonNode> carried = answer.messageFields();
        carried.keySet().removeIf(name -> !request.carries(name));
        if (!carried.isEmpty()) {
            attributes.put(ReasoningDialect.CARRIED_ATTRIBUTE, JsonTrees.text(carried));
        }
        return attributes;
    }

    /**
     * A call without a word of reasoning keeps the empty string, since the model wants the key back all the same
     * (docs/protocol.md, section 1.3).
     */
    private static @Nullable String thinking(AssembledAnswer answer) {
        boolean emptyButThere =
                answer.reasoningField() != null && !answer.toolCalls().isEmpty();
        return answer.thinking() == null && emptyButThere ? "" : answer.thinking();
    }

    private static FinishReason finishReason(AssembledAnswer answer) {
        if (!answer.toolCalls().isEmpty()) {
            // Some hosts say stop on a tool call; AiServices go by the calls.
            return FinishReason.TOOL_EXECUTION;
        }
        return "length".equals(answer.finishReason()) ? FinishReason.LENGTH : FinishReason.STOP;
    }
}
