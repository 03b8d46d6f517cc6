package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;

/**
 * Listens to any model, ours or another vendor's: each piece comes once, with or without a context, and what brings the
 * stream's handle is told apart.
 */
public abstract class StreamedPieces implements StreamingChatResponseHandler {

    /** The handle that comes with each piece, if its model passes one on; called before the piece. */
    protected abstract void onHandle(StreamingHandle handle);

    /** A piece of the thought. */
    protected abstract void onThinking(PartialThinking piece);

    /** A piece of the answer. */
    protected abstract void onText(PartialResponse piece);

    /** A piece of a tool call. */
    protected abstract void onToolCallPiece(PartialToolCall piece);

    @Override
    public final void onPartialThinking(PartialThinking piece) {
        onThinking(piece);
    }

    @Override
    public final void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        onHandle(context.streamingHandle());
        onThinking(piece);
    }

    /** Some vendors' modules pass empty pieces on, which tell nothing and make no {@link PartialResponse}. */
    @Override
    public final void onPartialResponse(String piece) {
        if (piece != null && !piece.isEmpty()) {
            onText(new PartialResponse(piece));
        }
    }

    @Override
    public final void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        onHandle(context.streamingHandle());
        onText(piece);
    }

    @Override
    public final void onPartialToolCall(PartialToolCall piece) {
        onToolCallPiece(piece);
    }

    @Override
    public final void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        onHandle(context.streamingHandle());
        onToolCallPiece(piece);
    }
}
