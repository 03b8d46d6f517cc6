package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.deepthink4j.internal.answer.ErrorMarks.Payload;
import io.github.deepthink4j.internal.value.JsonTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One chunk's JSON into pieces, read as a stream of tokens straight from the buffer: no object for each chunk but the
 * strings that are passed on. A whole answer is one chunk with {@code message} in the place of {@code delta}.
 */
final class ChunkDecoder {

    /** What bounds a string is the limit on an event; Jackson's own would be met first. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String ERROR = "error";

    /** What gateways put an answer into, beside a code and words of their own. */
    private static final Set<String> ENVELOPES = Set.of("data", "result", "response", "body", "payload");

    private static final int DEEPEST = 2;

    private final DeltaReader delta;
    private final PieceSink sink;
    private boolean metaKnown;
    private boolean isWhole;
    private boolean mayBeError;
    private boolean wasEnveloped;
    private @Nullable TokenBuffer repeated;

    /** What the chunk at hand has beside the fields of a chunk; mostly nothing. */
    private @Nullable ErrorMarks marks;

    private final Map<String, JsonNode> unknown = new LinkedHashMap<>();

    ChunkDecoder(DeltaReader delta, PieceSink sink) {
        this.delta = delta;
        this.sink = sink;
    }

    /**
     * @return whether it is an error
     * @throws IOException if it is not the JSON of a chunk; what stood before the fault has been passed on
     */
    boolean decode(byte[] buffer, int offset, int length, Payload payload) throws IOException {
        marks = null;
        isWhole = payload == Payload.WHOLE;
        mayBeError = false;
        wasEnveloped = false;
        try (JsonParser parser = parser(buffer, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a chunk must be a JSON object");
            }
            boolean answers = chunk(parser);
            mayBeError = marks != null && marks.mayBeOfAnError(answers);
            if (parser.nextToken() != null) {
                throw new IOException("there is something behind the chunk's JSON object");
            }
            return marks != null && marks.areOfAnError(answers, payload);
        }
    }

    private JsonParser parser(byte[] buffer, int offset, int length) throws IOException {
        JsonParser parser = JSON.createParser(buffer, offset, length);
        return isWhole ? new BodyParser(parser, buffer, offset, length) : parser;
    }

    /** Whether the last one is an error if nothing else comes. */
    boolean mayBeError() {
        return mayBeError;
    }

    /** Whether the last one stood within something else, so that its bytes are none of a chunk's. */
    boolean wasEnveloped() {
        return wasEnveloped;
    }

    /** Whether it had choices. */
    private boolean chunk(JsonParser parser) throws IOException {
        boolean answers = false;
        boolean isChunk = false;
        unknown.clear();
        String id = null;
        Long created = null;
        String model = null;
        String fingerprint = null;
        JsonNode enveloped = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                // The same on each chunk: text is made of the first chunk's only.
                case "id" -> id = metaKnown ? null : JsonScalars.text(parser);
                case "model" -> model = metaKnown ? null : JsonScalars.text(parser);
                case "system_fingerprint" -> fingerprint = metaKnown ? null : JsonScalars.text(parser);
                case "created" -> created = JsonScalars.integer(parser);
                case "object" -> {
                    if (token == JsonToken.VALUE_STRING && parser.getTextLength() == ERROR.length()) {
                        mark(name, TextNode.valueOf(parser.getText()));
                    } else {
                        parser.skipChildren();
                    }
                }
                case "choices" -> {
                    isChunk = true;
                    answers = choices(parser);
                }
                case "usage" -> {
                    UsageFigures usage = token == JsonToken.START_OBJECT ? UsageFigures.read(parser, sink) : null;
                    parser.skipChildren();
                    if (usage != null) {
                        isChunk = true;
                        sink.onUsage(usage);
                    }
                }
                case ERROR -> mark(name, JsonTrees.read(parser));
                default -> {
                    JsonNode value = unknown(parser, name);
                    enveloped = enveloped == null && ENVELOPES.contains(name) ? answerIn(value, 0) : enveloped;
                }
            }
        }
        if (!answers && enveloped != null) {
            wasEnveloped = true;
            try (JsonParser inner = new TreeTraversingParser(enveloped)) {
                inner.nextToken();
                return chunk(inner);
            }
        }
        if (!isChunk) {
            // A ping without a name, perhaps; what is in it is not the answer's.
            return false;
        }
        unknown.forEach(sink::onUnknownField);
        if (!metaKnown) {
            sink.onMeta(id, created, model, fingerprint);
            // Azure's first chunk has no id; then the next one is looked at as well.
            metaKnown = id != null && !id.isEmpty();
        }
        return answers;
    }

    private void mark(String name, JsonNode value) {
        if (marks == null) {
            marks = new ErrorMarks();
        }
        marks.field(name, value);
    }

    /** Whether there was any. */
    private boolean choices(JsonParser parser) throws IOException {
        int place = 0;
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return false;
        }
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                choice(parser, place++);
            } else {
                parser.skipChildren();
            }
        }
        return place > 0;
    }

    /**
     * Only the first choice is read: n other than 1 is never asked for. Which one it is, {@code index} says, or its place
     * where there is none; what stands before the index waits for it.
     */
    private void choice(JsonParser parser, int place) throws IOException {
        Long index = null;
        TokenBuffer early = null;
        List<JsonNode> again = List.of();
        TokenBuffer message = null;
        JsonNode logprobs = null;
        String finish = null;
        boolean deltaRead = false;
        boolean messageRead = false;
        String text = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "index" -> index = JsonScalars.integer(parser);
                case "delta" -> {
                    if (value != JsonToken.START_OBJECT) {
                        parser.skipChildren();
                    } else if (early != null || deltaRead) {
                        again = with(again, JsonTrees.read(parser));
                    } else if (index == null) {
                        early = copy(parser);
                    } else if (index == 0) {
                        delta.read(parser, false);
                        deltaRead = true;
                    } else {
                        parser.skipChildren();
                    }
                }
                case "message" -> {
                    if (value != JsonToken.START_OBJECT) {
                        parser.skipChildren();
                    } else if (isWhole && index != null && index == 0 && !messageRead && early == null && !deltaRead) {
                        // In a body of its own nothing comes before it: it need not be kept.
                        delta.read(parser, true);
                        messageRead = true;
                    } else if (!messageRead) {
                        message = copy(parser);
                    } else {
                        parser.skipChildren();
                    }
                }
                case "logprobs" -> logprobs = value == JsonToken.START_OBJECT ? JsonTrees.read(parser) : skip(parser);
                // OpenRouter's place for it, beside an empty delta.
                case ERROR -> mark(name, JsonTrees.read(parser));
                // Beside the delta, where some gateways leave them.
                case "tool_calls" -> again = with(again, objectOf(name, JsonTrees.read(parser)));
                // Of the older completions, in the place of a message.
                case "text" -> {
                    if (value.isStructStart()) {
                        throw new IOException("the text of a completion is no text");
                    }
                    String piece = JsonScalars.text(parser);
                    text = piece == null ? text : piece;
                }
                case "finish_reason" -> finish = worse(finish, FinishWords.read(JsonScalars.text(parser)));
                default -> parser.skipChildren();
            }
        }
        if (index == null ? place > 0 : index != 0) {
            if (index == null) {
                refusalIn(finish, early, message);
            }
            return;
        }
        if (early != null) {
            read(early, false);
        }
        if (text != null && early == null && message == null && !deltaRead && !messageRead) {
            sink.onText(text);
        }
        for (JsonNode other : again) {
            readAgain(other);
        }
        if (message == null || !delta.hasSpoken()) {
            if (message != null) {
                read(message, true);
            }
            if (logprobs != null) {
                sink.onLogprobs(logprobs);
            }
        } else {
            repeated = message;
        }
        if (finish != null) {
            sink.onFinish(finish);
        }
    }

    /**
     * Of a further choice that does not say it is one: nobody has asked for two, so it may be the rest of the only one, and a refusal must
     * not look like a success.
     */
    private void refusalIn(@Nullable String finish, @Nullable TokenBuffer delta, @Nullable TokenBuffer message)
            throws IOException {
        for (TokenBuffer said : new TokenBuffer[] {delta, message}) {
            Refusal refusal = said == null ? null : Refusal.of(refusal(said));
            if (refusal != null) {
                sink.onRefusal(refusal.words());
            }
        }
        if (finish != null && finish.equals(Assembler.FILTERED)) {
            sink.onFinish(finish);
        }
    }

    private static JsonNode refusal(TokenBuffer said) throws IOException {
        try (JsonParser parser = said.asParser()) {
            parser.nextToken();
            return JsonTrees.read(parser).path("refusal");
        }
    }

    /** Of a finish reason that is written twice; the assembler would do the same with those of two chunks. */
    private static @Nullable String worse(@Nullable String first, @Nullable String second) {
        boolean keeps = second == null || (first != null && Assembler.badness(first) >= Assembler.badness(second));
        return keeps ? first : second;
    }

    /** A delta under a key that stands twice in its choice, as gateways write that put one object into another. */
    private void readAgain(JsonNode again) throws IOException {
        if (delta.hasSaid(again)) {
            return;
        }
        if (!delta.wasEmpty()) {
            throw new IOException("a choice has two deltas that say different things");
        }
        try (JsonParser parser = new TreeTraversingParser(again)) {
            parser.nextToken();
            delta.read(parser, false);
        }
    }

    private static List<JsonNode> with(List<JsonNode> deltas, JsonNode another) {
        List<JsonNode> all = new ArrayList<>(deltas);
        all.add(another);
        return all;
    }

    private static JsonNode objectOf(String name, JsonNode value) {
        return JsonNodeFactory.instance.objectNode().set(name, value);
    }

    private void read(TokenBuffer object, boolean whole) throws IOException {
        try (JsonParser parser = object.asParser()) {
            parser.nextToken();
            delta.read(parser, whole);
        }
    }

    /**
     * A whole message that came behind deltas, the last one if there were several: some gateways end a stream with it, or
     * repeat with each delta what was said so far.
     */
    @Nullable
    TokenBuffer repeated() {
        return repeated;
    }

    private static TokenBuffer copy(JsonParser parser) throws IOException {
        TokenBuffer copy = new TokenBuffer(parser);
        copy.copyCurrentStructure(parser);
        return copy;
    }

    private static <T> @Nullable T skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return null;
    }

    private @Nullable JsonNode unknown(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        JsonNode value = JsonTrees.read(parser);
        mark(name, value);
        unknown.put(name, value);
        return value;
    }

    /** An answer, as JSON or as the text of it; {@code null} if it is something else. */
    private static @Nullable JsonNode answerIn(@Nullable JsonNode value, int depth) {
        JsonNode json = value;
        if (value != null && value.isTextual() && value.asText().stripLeading().startsWith("{")) {
            try {
                json = JsonTrees.read(value.asText());
            } catch (IOException e) {
                // A text that begins like JSON, and is none.
                return null;
            }
        }
        if (json == null || depth > DEEPEST) {
            return null;
        }
        if (json.path("choices").isArray()) {
            return json;
        }
        for (String envelope : ENVELOPES) {
            JsonNode answer = answerIn(json.get(envelope), depth + 1);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }
}
