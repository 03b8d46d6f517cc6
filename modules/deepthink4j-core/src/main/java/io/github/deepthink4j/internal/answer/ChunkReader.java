package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.deepthink4j.internal.answer.ErrorMarks.Payload;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the chunks of an answer: by what it has learnt of the one before where that fits, by the parser where it does not. */
final class ChunkReader {

    /** What a chunk has done, for all but its one piece would be done in vain a second time. */
    private static final class Effects extends PieceFilter {

        private final Predicate<String> carried;
        private int pieces;
        private boolean others;
        private @Nullable String field;
        private String piece = "";

        Effects(PieceSink next, Predicate<String> carried) {
            super(next);
            this.carried = carried;
        }

        void reset() {
            pieces = 0;
            others = false;
        }

        boolean areOnePiece() {
            return pieces == 1 && !others;
        }

        @Override
        public void onThinking(String from, String text) {
            if (!text.isEmpty()) {
                pieces++;
                field = from;
                piece = text;
            }
            super.onThinking(from, text);
        }

        @Override
        public void onText(String text) {
            pieces++;
            field = null;
            piece = text;
            super.onText(text);
        }

        @Override
        public void onToolCallDelta(ToolCallDelta delta) {
            others = true;
            super.onToolCallDelta(delta);
        }

        @Override
        public void onLogprobs(JsonNode logprobs) {
            others = true;
            super.onLogprobs(logprobs);
        }

        @Override
        public void onMessageField(String name, JsonNode value, boolean whole) {
            others |= carried.test(name);
            super.onMessageField(name, value, whole);
        }

        @Override
        public void onContentBlocks(JsonNode content, List<JsonNode> unknown, boolean whole) throws IOException {
            others |= carried.test(PiecedFields.CONTENT);
            super.onContentBlocks(content, unknown, whole);
        }

        @Override
        public void onRefusal(String words) {
            others = true;
            super.onRefusal(words);
        }
    }

    private final PieceSink pieces;
    private final Effects effects;
    private final ChunkDecoder parser;
    private final ChunkTemplate template = new ChunkTemplate();

    /**
     * @param carried the fields of the message of which each piece counts
     */
    ChunkReader(List<String> reasoningFields, PieceSink pieces, Predicate<String> carried) {
        this.pieces = pieces;
        this.effects = new Effects(pieces, carried);
        this.parser = new ChunkDecoder(new DeltaReader(reasoningFields, effects), effects);
    }

    /** As {@link ChunkDecoder#decode}. */
    boolean decode(byte[] buffer, int offset, int length, Payload payload) throws IOException {
        boolean isPlain = payload == Payload.EVENT;
        if (isPlain && template.pass(buffer, offset, length, pieces)) {
            return false;
        }
        template.forget();
        effects.reset();
        boolean isError = parser.decode(buffer, offset, length, payload);
        if (isPlain && !isError && !parser.wasEnveloped() && effects.areOnePiece()) {
            template.learn(buffer, offset, length, effects.field, effects.piece);
        }
        return isError;
    }

    /** As {@link ChunkDecoder#mayBeError}, which no chunk is that is read by what was learnt. */
    boolean mayBeError() {
        return parser.mayBeError();
    }

    /** As {@link ChunkDecoder#repeated}. */
    @Nullable
    TokenBuffer repeated() {
        return parser.repeated();
    }
}
