package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.internal.value.CarriedFields;
import io.github.deepthink4j.internal.value.JsonTrees;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ReasoningDialect.WriteBack;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one message after the other. */
final class MessageWriter {

    /** The bracket of such a tag. */
    private static final Pattern TAG = Pattern.compile("(?i)<(?=/?think>)");

    private static final String REASONING_CONTENT = "reasoning_content";
    private static final String REASONING = "reasoning";
    private static final String CONTENT = "content";

    /** What is written by rules of its own, and never twice. */
    private static final Set<String> OURS = Set.of(
            "role", "content", REASONING_CONTENT, REASONING, "reasoning_details", "thinking", "tool_calls", "prefix");

    private final JsonGenerator json;
    private final WriteBack writeBack;
    private final Predicate<String> carried;

    /**
     * @param carried which of the fields that a message has kept go back
     */
    MessageWriter(JsonGenerator json, WriteBack writeBack, Predicate<String> carried) {
        this.json = json;
        this.writeBack = writeBack;
        this.carried = carried;
    }

    void write(ChatMessage message, boolean prefix) throws IOException {
        json.writeStartObject();
        if (message instanceof SystemMessage system) {
            json.writeStringField("role", "system");
            json.writeStringField("content", system.text());
        } else if (message instanceof UserMessage user) {
            writeUser(user);
        } else if (message instanceof AiMessage ai) {
            writeAssistant(ai, prefix);
        } else if (message instanceof ToolExecutionResultMessage result) {
            json.writeStringField("role", "tool");
            json.writeStringField("tool_call_id", result.id());
            json.writeStringField("content", result.text());
        } else {
            throw new UnsupportedFeatureException(
                    "messages of type " + message.type() + " are not supported by DeepSeek models");
        }
        json.writeEndObject();
    }

    private void writeUser(UserMessage message) throws IOException {
        json.writeStringField("role", "user");
        if (message.name() != null) {
            json.writeStringField("name", message.name());
        }
        List<Content> contents = message.contents();
        // R1 refused arrays (docs/protocol.md, section 1.3), and every host takes a string.
        if (contents.stream().allMatch(TextContent.class::isInstance)) {
            json.writeStringField(
                    "content",
                    contents.stream()
                            .map(content -> ((TextContent) content).text())
                            .collect(Collectors.joining("\n\n")));
            return;
        }
        json.writeArrayFieldStart("content");
        for (Content content : contents) {
            writePart(content);
        }
        json.writeEndArray();
    }

    private void writePart(Content content) throws IOException {
        String file = FileReference.id(content);
        json.writeStartObject();
        if (file != null) {
            json.writeStringField("type", "file");
            json.writeObjectFieldStart("file");
            json.writeStringField("file_id", sendable(file));
            json.writeEndObject();
        } else if (content instanceof TextContent text) {
            json.writeStringField("type", "text");
            json.writeStringField("text", text.text());
        } else if (content instanceof ImageContent image) {
            json.writeStringField("type", "image_url");
            json.writeObjectFieldStart("image_url");
            json.writeStringField("url", url(image.image()));
            json.writeStringField("detail", image.detailLevel().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        } else {
            throw new UnsupportedFeatureException(
                    content.type().name().toLowerCase(Locale.ROOT) + " content is not supported by DeepSeek models");
        }
        json.writeEndObject();
    }

    /** A url of that scheme may be anybody's. */
    private static String sendable(String id) {
        if (!FileReference.isId(id)) {
            throw new InvalidRequestException("A message holds a file whose id is none: " + id + ". Take one that"
                    + " UploadedFile.asContent makes.");
        }
        return id;
    }

    private static String url(Image image) {
        if (image.url() != null) {
            return image.url().toString();
        }
        String mimeType = image.mimeType() == null ? "image/png" : image.mimeType();
        return "data:" + mimeType + ";base64," + image.base64Data();
    }

    private void writeAssistant(AiMessage message, boolean prefix) throws IOException {
        json.writeStringField("role", "assistant");
        // Never null: without tool calls that is a 400 (docs/protocol.md, section 1.3).
        String text = message.text() == null ? "" : message.text();
        String thinking = message.thinking();
        boolean tagged = thinking != null && !thinking.isEmpty() && isTagged(message);
        JsonNode kept = kept(CarriedFields.of(message.attributes().get(ReasoningDialect.CARRIED_ATTRIBUTE)));
        // The beginning of an answer is a text, to go on from.
        if (kept != null && kept.path(CONTENT).isArray() && !prefix) {
            json.writeFieldName(CONTENT);
            JsonTrees.write(json, ContentBlocks.around(text, kept.path(CONTENT)));
        } else {
            json.writeStringField(
                    CONTENT,
                    tagged ? "<think>" + untagged(thinking) + "</think>\n\n" + untagged(text) : plain(message, text));
        }
        if (thinking != null && !tagged) {
            writeReasoning(message, thinking);
        }
        if (message.hasToolExecutionRequests()) {
            json.writeArrayFieldStart("tool_calls");
            for (ToolExecutionRequest call : message.toolExecutionRequests()) {
                writeCall(call);
            }
            json.writeEndArray();
        }
        if (prefix) {
            json.writeBooleanField("prefix", true);
        }
        if (kept != null) {
            for (Map.Entry<String, JsonNode> field : kept.properties()) {
                if (!OURS.contains(field.getKey())) {
                    json.writeFieldName(field.getKey());
                    JsonTrees.write(json, field.getValue());
                }
            }
        }
    }

    private boolean isTagged(AiMessage message) {
        return writeBack == WriteBack.TAGS
                || (writeBack == WriteBack.AS_READ_OR_TAGS
                        && CONTENT.equals(message.attributes().get(ReasoningDialect.FIELD_ATTRIBUTE)));
    }

    /** A text that has its own thought in it, as this host sends it, stays as it is. */
    private String plain(AiMessage message, String text) {
        return isTagged(message) && !text.stripLeading().startsWith("<think>") ? untagged(text) : text;
    }

    /** A chat template cuts at each of these tags: what a thought says of them would end it, and its rest become the answer. */
    private static String untagged(String text) {
        return TAG.matcher(text).replaceAll("< ");
    }

    /** What goes back of the fields that the message has kept. */
    private @Nullable JsonNode kept(@Nullable ObjectNode fields) {
        if (fields == null) {
            return null;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        fields.properties().stream()
                .filter(field -> carried.test(field.getKey()))
                .forEach(field -> kept.set(field.getKey(), field.getValue()));
        return kept;
    }

    private void writeReasoning(AiMessage message, String thinking) throws IOException {
        switch (writeBack) {
            case REASONING_CONTENT -> json.writeStringField(REASONING_CONTENT, thinking);
            case REASONING -> json.writeStringField(REASONING, thinking);
            case BOTH -> {
                json.writeStringField(REASONING_CONTENT, thinking);
                json.writeStringField(REASONING, thinking);
            }
            case AS_READ, AS_READ_OR_TAGS -> {
                Object field = message.attributes().get(ReasoningDialect.FIELD_ATTRIBUTE);
                writeAsRead(field instanceof String name ? name : REASONING_CONTENT, thinking);
            }
            case TAGS -> {} // it would be in the text, if there were one
        }
    }

    private void writeAsRead(String field, String thinking) throws IOException {
        switch (field) {
            case REASONING, "thinking" -> json.writeStringField(field, thinking);
            case "reasoning_details" -> {
                json.writeArrayFieldStart(field);
                json.writeStartObject();
                json.writeStringField("type", "reasoning.text");
                json.writeStringField("text", thinking);
                json.writeEndObject();
                json.writeEndArray();
            }
            // Also what was found between tags: a chat template looks for it under this name.
            default -> json.writeStringField(REASONING_CONTENT, thinking);
        }
    }

    private void writeCall(ToolExecutionRequest call) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", call.id());
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", call.name());
        json.writeStringField("arguments", CallArguments.asObject(call.arguments()));
        json.writeEndObject();
        json.writeEndObject();
    }
}
