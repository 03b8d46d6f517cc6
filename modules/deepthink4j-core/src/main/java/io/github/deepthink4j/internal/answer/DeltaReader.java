package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.internal.answer.PieceSink.ToolCallDelta;
import io.github.deepthink4j.internal.value.JsonTrees;
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
    private String thoughtInContent = "";
    private boolean spoken;

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
        thoughtInContent = "";
        String content = null;
        String refusal = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            int field = reasoningFields.indexOf(name);
            if (field >= 0) {
                reasoning[field] = reasoningText(parser);
                continue;
            }
            switch (name) {
                case "role" -> parser.skipChildren();
                case "content" -> content = value.isStructStart() ? parts(parser) : JsonScalars.text(parser);
                case "tool_calls" -> toolCalls(parser, whole);
                case "refusal" -> refusal = JsonScalars.text(parser);
                default -> {
                    JsonNode unknown = JsonTrees.read(parser);
                    if (value != JsonToken.VALUE_NULL) {
                        sink.onUnknownField("message." + name, unknown);
                    }
                }
            }
        }
        boolean said = passOn(content);
        if (refusal != null && !refusal.isEmpty()) {
            sink.onRefusal(refusal);
            said = true;
        }
        spoken |= said && !whole;
    }

    /** Whether a delta, not a whole message, has brought something that is not empty. */
    boolean hasSpoken() {
        return spoken;
    }

    /** Thinking, text, calls: in this order, whatever the order of the fields. Whether there was anything in it. */
    private boolean passOn(@Nullable String content) {
        int taken = -1;
        for (int i = 0; i < reasoning.length; i++) {
            String text = reasoning[i];
            if (text != null && (taken < 0 || (isEmpty(reasoning[taken]) && !text.isEmpty()))) {
                taken = i;
            }
        }
        String thought = taken < 0 ? null : reasoning[taken];
        if (isEmpty(thought) && !thoughtInContent.isEmpty()) {
            thought = thoughtInContent;
            sink.onThinking("content", thought);
        } else if (thought != null) {
            sink.onThinking(reasoningFields.get(taken), thought);
        }
        if (content != null && !content.isEmpty()) {
            sink.onText(content);
        }
        calls.removeIf(ToolCallDelta::isBlank);
        calls.forEach(sink::onToolCallDelta);
        return !isEmpty(thought) || !isEmpty(content) || !calls.isEmpty();
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /** A string, or OpenRouter's list of details, whose texts are taken. */
    private static @Nullable String reasoningText(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            JsonNode details = JsonTrees.read(parser);
            String text = ContentParts.of(details).text();
            return text.isEmpty() ? null : text;
        }
        return JsonScalars.text(parser);
    }

    private String parts(JsonParser parser) throws IOException {
        ContentParts parts = ContentParts.of(JsonTrees.read(parser));
        thoughtInContent = parts.thinking();
        parts.unknown().forEach(part -> sink.onUnknownField("message.content", part));
        return parts.text();
    }

    private void toolCalls(JsonParser parser, boolean whole) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
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
        Long index = null;
        String id = null;
        String name = null;
        String arguments = null;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (field) {
                case "index" -> index = JsonScalars.integer(parser);
                case "id" -> id = JsonScalars.text(parser);
                case "function" -> {
                    if (value != JsonToken.START_OBJECT) {
                        parser.skipChildren();
                        continue;
                    }
                    for (String part = parser.nextFieldName(); part != null; part = parser.nextFieldName()) {
                        JsonToken token = parser.nextToken();
                        switch (part) {
                            case "name" -> name = JsonScalars.text(parser);
                            // Some hosts send the arguments as an object instead of its text.
                            case "arguments" ->
                                arguments = token.isStructStart()
                                        ? JsonTrees.read(parser).toString()
                                        : JsonScalars.text(parser);
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
