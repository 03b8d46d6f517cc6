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

    private static final ToolCallDelta NO_FUNCTION = new ToolCallDelta(null, null, null, null, false);

    private final List<String> reasoningFields;
    private final PieceSink sink;

    /** The reasoning of the delta at hand, one place for each field. */
    private final @Nullable String[] reasoning;

    private final List<ToolCallDelta> calls = new ArrayList<>();
    private String thoughtInContent = "";
    private @Nullable Refusal refusalInContent;

    /** A thought that can't be read, unless another field has it too. */
    private @Nullable IOException badThought;

    private String lastThought = "";
    private String lastText = "";

    /** Of whole messages, which some hosts send in place of deltas, each with all that has been said so far. */
    private final GrowingText thoughts = new GrowingText();

    private final GrowingText texts = new GrowingText();
    private final List<ToolCallDelta> wholeCalls = new ArrayList<>();
    private @Nullable ToolCallDelta functionCall;
    private boolean hasToolCalls;
    private boolean spoken;
    private boolean empty = true;

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
        functionCall = null;
        refusalInContent = null;
        badThought = null;
        String content = null;
        Refusal refusal = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            int field = reasoningFields.indexOf(name);
            if (field >= 0) {
                reasoning[field] = reasoningText(parser);
                continue;
            }
            switch (name) {
                case "role" -> parser.skipChildren();
                case "content" -> {
                    String text = value.isStructStart() ? parts(parser, whole) : JsonScalars.text(parser);
                    // A key that stands twice: the last one counts, but nothing does not take back something.
                    content = isEmpty(text) ? content : text;
                }
                case "tool_calls" -> toolCalls(parser, whole);
                case "function_call" -> functionCall = functionCall(parser, whole);
                // Beside an empty delta, or in its place: what comes behind it makes no answer of it.
                case "error" -> {
                    JsonNode error = JsonTrees.read(parser);
                    if (ErrorMarks.says(error)) {
                        sink.onServerError(error.isTextual() ? error.textValue() : error.toString());
                    }
                }
                case "refusal" ->
                    refusal = value == JsonToken.VALUE_NULL ? refusal : Refusal.of(JsonTrees.read(parser));
                default -> {
                    if (value != JsonToken.VALUE_NULL) {
                        sink.onMessageField(name, JsonTrees.exactly(parser), whole);
                    }
                }
            }
        }
        boolean said = passOn(content, whole);
        refusal = refusal == null ? refusalInContent : refusal;
        if (refusal != null) {
            sink.onRefusal(refusal.words());
            said = true;
        }
        spoken |= said && !whole;
        empty = !said;
    }

    /** Whether a delta, not a whole message, has brought something that is not empty. */
    boolean hasSpoken() {
        return spoken;
    }

    /** Whether there was nothing in the last one. */
    boolean wasEmpty() {
        return empty;
    }

    /** Thinking, text, calls: in this order, whatever the order of the fields. Whether there was anything in it. */
    private boolean passOn(@Nullable String content, boolean whole) throws IOException {
        int taken = -1;
        for (int i = 0; i < reasoning.length; i++) {
            String text = reasoning[i];
            if (text != null && (taken < 0 || (isEmpty(reasoning[taken]) && !text.isEmpty()))) {
                taken = i;
            }
        }
        String thought = taken < 0 ? null : reasoning[taken];
        if (isEmpty(thought) && badThought != null) {
            throw badThought;
        }
        String field = taken < 0 ? "" : reasoningFields.get(taken);
        if (isEmpty(thought) && !thoughtInContent.isEmpty()) {
            thought = thoughtInContent;
            field = "content";
        }
        if (thought != null) {
            sink.onThinking(field, whole ? thoughts.beyond(thought) : thought);
        }
        String text = content == null ? "" : whole ? texts.beyond(content) : content;
        if (!text.isEmpty()) {
            sink.onText(text);
        }
        lastThought = thought == null ? "" : thought;
        lastText = content == null ? "" : content;
        calls.removeIf(ToolCallDelta::isBlank);
        hasToolCalls |= !calls.isEmpty();
        if (functionCall != null && !functionCall.isBlank() && !hasToolCalls) {
            calls.add(functionCall);
        }
        boolean anyCalls = !calls.isEmpty();
        if (whole) {
            for (int place = 0; place < calls.size(); place++) {
                calls.set(place, beyond(calls.get(place), place));
            }
            calls.removeIf(ToolCallDelta::isBlank);
        }
        calls.forEach(sink::onToolCallDelta);
        return !isEmpty(thought) || !isEmpty(content) || anyCalls;
    }

    /** What an earlier whole message has not said of a call; blank if it has said all of it. */
    private ToolCallDelta beyond(ToolCallDelta call, int place) {
        ToolCallDelta before = place < wholeCalls.size() ? wholeCalls.get(place) : null;
        if (before == null
                || !Objects.equals(before.name(), call.name())
                || !call.piece().startsWith(before.piece())) {
            wholeCalls.add(call);
            return call;
        }
        wholeCalls.set(place, call);
        String rest = call.piece().substring(before.piece().length());
        return new ToolCallDelta(
                rest.isEmpty() ? null : before.index(), rest.isEmpty() ? null : before.id(), null, rest, false);
    }

    /** Whether a second delta of one choice says nothing that the first one has not said. */
    boolean hasSaid(JsonNode delta) {
        return saysAgain(delta.path("content"), lastText)
                && reasoningFields.stream().allMatch(field -> saysAgain(delta.path(field), lastThought))
                && delta.path("tool_calls").isEmpty()
                && delta.path("function_call").isEmpty();
    }

    private static boolean saysAgain(JsonNode value, String last) {
        String text = value.asText("");
        return value.isContainerNode() ? value.isEmpty() : value.isNull() || text.isEmpty() || text.equals(last);
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /** A string, or OpenRouter's list of details, whose texts are taken. */
    private @Nullable String reasoningText(JsonParser parser) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return JsonScalars.text(parser);
        }
        JsonNode details = JsonTrees.read(parser);
        try {
            String text = ContentParts.words(details);
            return text.isEmpty() ? null : text;
        } catch (IOException e) {
            badThought = e;
            return null;
        }
    }

    private String parts(JsonParser parser, boolean whole) throws IOException {
        JsonNode content = JsonTrees.exactly(parser);
        ContentParts parts = ContentParts.of(content);
        thoughtInContent = parts.thinking();
        refusalInContent = parts.refusal();
        if (!parts.more().isEmpty()) {
            sink.onContentBlocks(content, parts.more(), whole);
        }
        return parts.text();
    }

    private void toolCalls(JsonParser parser, boolean whole) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            // One call that is in no list.
            calls.add(beginning(toolCall(parser), whole));
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                notACall(parser);
                continue;
            }
            calls.add(beginning(toolCall(parser), whole));
        }
    }

    /** A list may be filled up; but a name or an object is a call that would be missing. */
    private static void notACall(JsonParser parser) throws IOException {
        JsonNode value = JsonTrees.read(parser);
        boolean isName = value.isTextual() && !value.textValue().isBlank();
        if (isName
                || !value.findValues("name").isEmpty()
                || !value.findValues("function").isEmpty()) {
            throw new IOException("what stands in the list of tool calls is none");
        }
    }

    private ToolCallDelta beginning(ToolCallDelta call, boolean whole) {
        boolean begins = call.hasName() && (whole || isNextInList(call));
        return begins ? new ToolCallDelta(call.index(), call.id(), call.name(), call.arguments(), true) : call;
    }

    /** Whether it is a call of its own under the index of the one before: a list does not begin a call twice. */
    private boolean isNextInList(ToolCallDelta call) {
        ToolCallDelta before = calls.isEmpty() ? null : calls.get(calls.size() - 1);
        if (before == null || !before.hasName() || !Objects.equals(before.index(), call.index()) || !call.mayBegin()) {
            return false;
        }
        boolean without = !before.hasId() && !call.hasId();
        boolean sameId = before.hasId() && Objects.equals(before.id(), call.id());
        boolean other =
                !Objects.equals(before.name(), call.name()) || !before.piece().equals(call.piece());
        return without || (sameId && other);
    }

    private static ToolCallDelta toolCall(JsonParser parser) throws IOException {
        Long index = null;
        String id = null;
        ToolCallDelta function = NO_FUNCTION;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (field) {
                case "index" -> index = JsonScalars.integer(parser);
                case "id" -> id = JsonScalars.text(parser);
                case "function" -> function = value == JsonToken.START_OBJECT ? function(parser) : function;
                default -> parser.skipChildren();
            }
        }
        return new ToolCallDelta(index, id, function.name(), function.arguments(), false);
    }

    /** The place for a call before there were several: neither index nor id. */
    private static @Nullable ToolCallDelta functionCall(JsonParser parser, boolean whole) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        ToolCallDelta call = function(parser);
        return new ToolCallDelta(null, null, call.name(), call.arguments(), whole && call.hasName());
    }

    private static ToolCallDelta function(JsonParser parser) throws IOException {
        String name = null;
        String arguments = null;
        String otherwise = null;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (field) {
                case "name" -> name = JsonScalars.text(parser);
                case "arguments" -> arguments = arguments(parser);
                // The names that other vendors' APIs have for them: a call without its arguments would be another call.
                case "parameters", "input" -> otherwise = arguments(parser);
                default -> parser.skipChildren();
            }
        }
        return new ToolCallDelta(
                null, null, name, isEmpty(arguments) && otherwise != null ? otherwise : arguments, false);
    }

    /** Some hosts send an object instead of its text. */
    private static @Nullable String arguments(JsonParser parser) throws IOException {
        return parser.currentToken().isStructStart() ? JsonTrees.read(parser).toString() : JsonScalars.text(parser);
    }
}
