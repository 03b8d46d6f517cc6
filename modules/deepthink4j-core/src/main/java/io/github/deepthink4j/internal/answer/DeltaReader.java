package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.internal.answer.PieceSink.ToolCallDelta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code delta} or a {@code message}. Of several fields with reasoning the first that is filled is taken, never
 * both: vLLM 0.11 to 0.15 sends the same text twice (docs/protocol.md, section 8).
 */
final class DeltaReader {

    private final List<String> reasoningFields;
    private final PieceSink sink;

    /** The reasoning of the delta at hand, one place for each field. */
    private final @Nullable String[] reasoning;

    private final List<ToolCallDelta> calls = new ArrayList<>();

    DeltaReader(List<String> reasoningFields, PieceSink sink) {
        this.reasoningFields = reasoningFields;
        this.sink = sink;
        this.reasoning = new String[reasoningFields.size()];
    }

    /**
     * @param parser at the start of the object
     * @param whole  whether it is a whole message, in which each tool call stands once
     */
    void read(JsonParser parser, boolean whole) throws IOException {
        Arrays.fill(reasoning, null);
        calls.clear();
        String content = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            int field = reasoningFields.indexOf(name);
            if (field >= 0) {
                reasoning[field] = reasoningText(parser);
                continue;
            }
            switch (name) {
                case "role" -> parser.skipChildren();
                case "content" -> content = value == JsonToken.START_ARRAY ? parts(parser) : ChunkDecoder.text(parser);
                case "tool_calls" -> toolCalls(parser, whole);
                default -> {
                    JsonNode unknown = parser.readValueAsTree();
                    if (value != JsonToken.VALUE_NULL) {
                        sink.onUnknownField("message." + name, unknown);
                    }
                }
            }
        }
        passOn(content);
    }

    /** Thinking, text, calls: in this order, whatever the order of the fields. */
    private void passOn(@Nullable String content) {
        int taken = -1;
        for (int i = 0; i < reasoning.length; i++) {
            String text = reasoning[i];
            if (text != null && (taken < 0 || (isEmpty(reasoning[taken]) && !text.isEmpty()))) {
                taken = i;
            }
        }
        if (taken >= 0) {
            String text = reasoning[taken];
            sink.onThinking(reasoningFields.get(taken), text == null ? "" : text);
        }
        if (!isEmpty(content)) {
            sink.onText(content == null ? "" : content);
        }
        for (ToolCallDelta call : calls) {
            sink.onToolCallDelta(call);
        }
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /** A string, or OpenRouter's list of details, whose texts are taken. */
    private static @Nullable String reasoningText(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            return parts(parser);
        }
        return ChunkDecoder.text(parser);
    }

    /** The texts of a list of parts. */
    private static @Nullable String parts(JsonParser parser) throws IOException {
        JsonNode list = parser.readValueAsTree();
        StringBuilder text = new StringBuilder();
        for (JsonNode part : list) {
            text.append(part.path("text").asText(""));
        }
        return text.isEmpty() ? null : text.toString();
    }

    private void toolCalls(JsonParser parser, boolean whole) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            ToolCallDelta call = toolCall(parser);
            boolean begins = call.hasName() && (whole || isNextInList(call));
            calls.add(begins ? new ToolCallDelta(call.index(), call.id(), call.name(), call.arguments(), true) : call);
        }
    }

    /** Whether it is a call of its own under the index of the one before: a list does not begin a call twice. */
    private boolean isNextInList(ToolCallDelta call) {
        ToolCallDelta before = calls.isEmpty() ? null : calls.get(calls.size() - 1);
        return before != null
                && before.hasName()
                && !before.hasId()
                && !call.hasId()
                && Objects.equals(before.index(), call.index())
                && call.mayBegin();
    }

    private static ToolCallDelta toolCall(JsonParser parser) throws IOException {
        Integer index = null;
        String id = null;
        String name = null;
        String arguments = null;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (field) {
                case "index" -> index = value == JsonToken.VALUE_NUMBER_INT ? (Integer) parser.getIntValue() : null;
                case "id" -> id = ChunkDecoder.text(parser);
                case "function" -> {
                    if (value != JsonToken.START_OBJECT) {
                        parser.skipChildren();
                        continue;
                    }
                    for (String part = parser.nextFieldName(); part != null; part = parser.nextFieldName()) {
                        JsonToken token = parser.nextToken();
                        switch (part) {
                            case "name" -> name = ChunkDecoder.text(parser);
                            // Some hosts send the arguments as an object instead of its text.
                            case "arguments" ->
                                arguments = token == JsonToken.START_OBJECT
                                        ? parser.readValueAsTree().toString()
                                        : ChunkDecoder.text(parser);
                            default -> parser.skipChildren();
                        }
                    }
                }
                default -> parser.skipChildren();
            }
        }
        return new ToolCallDelta(index, id, name, arguments, false);
    }
}
