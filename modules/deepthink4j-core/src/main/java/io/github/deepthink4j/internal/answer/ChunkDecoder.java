package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One chunk's JSON into pieces, read as a stream of tokens straight from the buffer: no object for each chunk but the
 * strings that are passed on. A whole answer is one chunk with {@code message} in the place of {@code delta}.
 */
final class ChunkDecoder {

    /** What bounds a string is the limit on an event; Jackson's own would be met first. */
    private static final JsonFactory JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .getFactory();

    private final DeltaReader delta;
    private final PieceSink sink;
    private boolean metaKnown;

    ChunkDecoder(DeltaReader delta, PieceSink sink) {
        this.delta = delta;
        this.sink = sink;
    }

    /**
     * @throws IOException if it is not the JSON of a chunk; what stood before the fault has been passed on
     */
    void decode(byte[] buffer, int offset, int length) throws IOException {
        try (JsonParser parser = JSON.createParser(buffer, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a chunk must be a JSON object");
            }
            chunk(parser);
            if (parser.nextToken() != null) {
                throw new IOException("there is something behind the chunk's JSON object");
            }
        }
    }

    private void chunk(JsonParser parser) throws IOException {
        String id = null;
        Long created = null;
        String model = null;
        String fingerprint = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                // The same on each chunk: text is made of the first chunk's only.
                case "id" -> id = metaKnown ? null : text(parser);
                case "model" -> model = metaKnown ? null : text(parser);
                case "system_fingerprint" -> fingerprint = metaKnown ? null : text(parser);
                case "created" -> created = value == JsonToken.VALUE_NUMBER_INT ? (Long) parser.getLongValue() : null;
                case "object" -> parser.skipChildren();
                case "choices" -> choices(parser);
                case "usage" -> {
                    if (value == JsonToken.START_OBJECT) {
                        sink.onUsage(UsageFigures.read(parser, sink));
                    }
                }
                case "error" -> {
                    if (value != JsonToken.VALUE_NULL) {
                        sink.onServerError(errorText(parser.readValueAsTree()));
                    }
                }
                default -> unknown(parser, name);
            }
        }
        if (!metaKnown) {
            sink.onMeta(id, created, model, fingerprint);
            // Azure's first chunk has no id; then the next one is looked at as well.
            metaKnown = id != null && !id.isEmpty();
        }
    }

    private void choices(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            choice(parser);
        }
    }

    /** Only the first choice is read: n other than 1 is never asked for. */
    private void choice(JsonParser parser) throws IOException {
        boolean first = true;
        String finish = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "index" -> first = value != JsonToken.VALUE_NUMBER_INT || parser.getIntValue() == 0;
                case "delta", "message" -> {
                    if (first && value == JsonToken.START_OBJECT) {
                        delta.read(parser, name.equals("message"));
                    } else {
                        parser.skipChildren();
                    }
                }
                case "finish_reason" -> finish = text(parser);
                case "logprobs" -> {
                    if (value == JsonToken.START_OBJECT && first) {
                        sink.onLogprobs(parser.readValueAsTree());
                    } else {
                        parser.skipChildren();
                    }
                }
                default -> parser.skipChildren();
            }
        }
        if (first && finish != null && !finish.isEmpty()) {
            sink.onFinish(finish);
        }
    }

    private void unknown(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            sink.onUnknownField(name, parser.readValueAsTree());
        }
    }

    static @Nullable String text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    private static String errorText(JsonNode error) {
        JsonNode message = error.path("message");
        if (message.isTextual()) {
            return message.asText();
        }
        return error.isTextual() ? error.asText() : error.toString();
    }
}
