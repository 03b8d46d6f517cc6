package io.github.deepthink4j.micrometer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What was said, as the JSON of the conventions' {@code gen_ai.input.messages} and {@code gen_ai.output.messages}. Each text passes the
 * redaction first: questions, thoughts, answers, arguments and results of tools.
 */
final class MessageContent {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final UnaryOperator<String> redaction;

    MessageContent(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    Map<String, Object> of(List<ChatMessage> asked, @Nullable ChatResponse answer) {
        ArrayNode input = JSON.arrayNode();
        ArrayNode system = JSON.arrayNode();
        for (ChatMessage message : asked) {
            if (message instanceof SystemMessage instructions) {
                text(system, instructions.text());
            } else {
                input.add(message(message));
            }
        }
        Map<String, Object> content = new LinkedHashMap<>();
        if (!system.isEmpty()) {
            content.put("gen_ai.system_instructions", system.toString());
        }
        content.put("gen_ai.input.messages", input.toString());
        if (answer != null) {
            ObjectNode output = message(answer.aiMessage());
            if (answer.metadata().finishReason() != null) {
                output.put(
                        "finish_reason",
                        ChatAttributes.finishReason(answer.metadata().finishReason()));
            }
            content.put("gen_ai.output.messages", JSON.arrayNode().add(output).toString());
        }
        return content;
    }

    private ObjectNode message(ChatMessage message) {
        ObjectNode node = JSON.objectNode();
        node.put("role", role(message));
        ArrayNode parts = node.putArray("parts");
        if (message instanceof UserMessage user) {
            user.contents().forEach(content -> content(parts, content));
        } else if (message instanceof AiMessage said) {
            said(parts, said);
        } else if (message instanceof ToolExecutionResultMessage result) {
            ObjectNode part = parts.addObject().put("type", "tool_call_response");
            part.put("id", result.id());
            part.put("response", redacted(result.text()));
        }
        return node;
    }

    private static String role(ChatMessage message) {
        return switch (message.type()) {
            case AI -> "assistant";
            case TOOL_EXECUTION_RESULT -> "tool";
            default -> message.type().name().toLowerCase(Locale.ROOT);
        };
    }

    private void said(ArrayNode parts, AiMessage said) {
        if (said.thinking() != null) {
            parts.addObject().put("type", "reasoning").put("content", redacted(said.thinking()));
        }
        if (said.text() != null) {
            text(parts, said.text());
        }
        for (ToolExecutionRequest call : said.toolExecutionRequests()) {
            parts.addObject()
                    .put("type", "tool_call")
                    .put("id", call.id())
                    .put("name", call.name())
                    .put("arguments", redacted(call.arguments()));
        }
    }

    /** Of what is no text only the kind: it may be long, and nobody can redact it. */
    private void content(ArrayNode parts, Content content) {
        if (content instanceof TextContent text) {
            text(parts, text.text());
        } else {
            parts.addObject().put("type", content.type().name().toLowerCase(Locale.ROOT));
        }
    }

    private void text(ArrayNode parts, String text) {
        parts.addObject().put("type", "text").put("content", redacted(text));
    }

    /** What the redaction throws or loses is not shown. */
    String redacted(@Nullable String text) {
        if (text == null) {
            return "";
        }
        try {
            String shown = redaction.apply(text);
            return shown == null ? "***" : shown;
        } catch (Throwable e) {
            return "***";
        }
    }
}
