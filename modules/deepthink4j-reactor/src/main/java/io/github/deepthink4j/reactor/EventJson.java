package io.github.deepthink4j.reactor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.Citation;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON of server-sent events. A field without a value is left out. */
final class EventJson {

    private static final JsonFactory JSON = new JsonFactory();

    private interface Fields {

        void write(JsonGenerator json) throws IOException;
    }

    private EventJson() {}

    static String name(ReasoningEvent event) {
        if (event instanceof ReasoningEvent.Thinking) {
            return "thinking";
        } else if (event instanceof ReasoningEvent.Answer) {
            return "answer";
        } else if (event instanceof ReasoningEvent.ToolCallPiece) {
            return "tool_call_piece";
        } else if (event instanceof ReasoningEvent.ToolCall) {
            return "tool_call";
        } else if (event instanceof ReasoningEvent.ToolExecuted) {
            return "tool_executed";
        }
        return "completed";
    }

    static String of(ReasoningEvent event) {
        return object(json -> {
            if (event instanceof ReasoningEvent.Thinking thinking) {
                text(json, "text", thinking.text());
            } else if (event instanceof ReasoningEvent.Answer answer) {
                text(json, "text", answer.text());
            } else if (event instanceof ReasoningEvent.ToolCallPiece piece) {
                json.writeNumberField("index", piece.index());
                text(json, "id", piece.id());
                text(json, "name", piece.name());
                text(json, "arguments", piece.partialArguments());
            } else if (event instanceof ReasoningEvent.ToolCall call) {
                json.writeNumberField("index", call.index());
                call(json, call.call());
            } else if (event instanceof ReasoningEvent.ToolExecuted tool) {
                call(json, tool.call());
                text(json, "result", textOf(tool.result()));
                json.writeBooleanField(
                        "failed", Boolean.TRUE.equals(tool.result().isError()));
            } else if (event instanceof ReasoningEvent.Completed completed) {
                response(json, completed.response(), completed.citations());
            }
        });
    }

    static String of(Throwable error) {
        return object(json -> {
            boolean own = error instanceof DeepSeekError;
            text(json, "code", own ? ((DeepSeekError) error).code() : "internal_error");
            text(json, "message", own ? error.getMessage() : "The answer could not be completed.");
            if (error instanceof ContentRefusedException refused && refused.mustWithdraw()) {
                json.writeBooleanField("withdraw", true);
            }
        });
    }

    private static void call(JsonGenerator json, ToolExecutionRequest call) throws IOException {
        text(json, "id", call.id());
        text(json, "name", call.name());
        text(json, "arguments", call.arguments());
    }

    private static String textOf(ToolExecutionResultMessage result) {
        return result.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
    }

    /** Without the thought, which has come in pieces and can be long. */
    private static void response(JsonGenerator json, ChatResponse response, List<Citation> citations)
            throws IOException {
        text(json, "id", response.id());
        text(json, "model", response.modelName());
        text(json, "text", response.aiMessage().text());
        text(
                json,
                "finishReason",
                response.finishReason() == null ? null : response.finishReason().name());
        if (!citations.isEmpty()) {
            json.writeArrayFieldStart("citations");
            for (Citation citation : citations) {
                json.writeStartObject();
                text(json, "url", citation.url());
                text(json, "title", citation.title());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        TokenUsage usage = response.tokenUsage();
        if (usage != null) {
            json.writeObjectFieldStart("usage");
            number(json, "inputTokens", usage.inputTokenCount());
            number(json, "outputTokens", usage.outputTokenCount());
            number(json, "totalTokens", usage.totalTokenCount());
            if (usage instanceof DeepSeekTokenUsage deepSeek) {
                number(json, "reasoningTokens", deepSeek.reasoningTokenCount());
                number(json, "cacheHitTokens", deepSeek.cacheHitTokenCount());
                number(json, "cacheMissTokens", deepSeek.cacheMissTokenCount());
            }
            json.writeEndObject();
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Integer value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private static String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
