package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.function.Consumer;

/** Listens to one part: each piece comes once, with or without a context, and the first context brings the part's handle. */
abstract class PartHandler implements StreamingChatResponseHandler {

    private volatile Consumer<StreamingHandle> handles = handle -> {};
    private boolean hasHandle;

    void attach(Consumer<StreamingHandle> newHandles) {
        handles = newHandles;
    }

    private void handle(StreamingHandle handle) {
        if (!hasHandle) {
            hasHandle = true;
            handles.accept(handle);
        }
    }

    abstract void onThinking(PartialThinking piece);

    abstract void onText(PartialResponse piece);

    abstract void onToolCallPiece(PartialToolCall piece);

    @Override
    public final void onPartialThinking(PartialThinking piece) {
        onThinking(piece);
    }

    @Override
    public final void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        handle(context.streamingHandle());
        onThinking(piece);
    }

    @Override
    public final void onPartialResponse(String piece) {
        onText(new PartialResponse(piece));
    }

    @Override
    public final void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        handle(context.streamingHandle());
        onText(piece);
    }

    @Override
    public final void onPartialToolCall(PartialToolCall piece) {
        onToolCallPiece(piece);
    }

    @Override
    public final void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        handle(context.streamingHandle());
        onToolCallPiece(piece);
    }
}
