package io.github.deepthink4j.reactor;

import dev.langchain4j.model.chat.response.PartialToolCall;
import org.jspecify.annotations.Nullable;

/** LangChain4j's pieces as events; some vendors' modules pass empty ones on, which tell nothing. */
final class Pieces {

    private Pieces() {}

    static void thinking(@Nullable String text, EventPipe pipe) {
        if (text != null && !text.isEmpty()) {
            pipe.emit(new ReasoningEvent.Thinking(text));
        }
    }

    static void answer(@Nullable String text, EventPipe pipe) {
        if (text != null && !text.isEmpty()) {
            pipe.emit(new ReasoningEvent.Answer(text));
        }
    }

    static void toolCall(PartialToolCall piece, EventPipe pipe) {
        pipe.emit(new ReasoningEvent.ToolCallPiece(piece.index(), piece.id(), piece.name(), piece.partialArguments()));
    }
}
