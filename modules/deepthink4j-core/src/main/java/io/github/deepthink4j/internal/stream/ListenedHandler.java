package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/**
 * The user's handler, whose call's listeners hear of the end before it does. What a callback of the user's has thrown is told to
 * the listeners too, beside the end: LangChain4j's kit for streaming models asks for it.
 */
public final class ListenedHandler implements StreamingChatResponseHandler {

    private final StreamingChatResponseHandler handler;
    private final ListenedCall call;

    public ListenedHandler(StreamingChatResponseHandler handler, ListenedCall call) {
        this.handler = handler;
        this.call = call;
    }

    /** Tells a handler what a callback of its own has thrown, while the stream goes on or after its answer. */
    static void slipped(StreamingChatResponseHandler handler, Throwable thrown) {
        if (handler instanceof ListenedHandler listened) {
            listened.call.slipped(thrown);
            slipped(listened.handler, thrown);
        } else {
            handler.onError(thrown);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        call.answered(response);
        handler.onCompleteResponse(response);
    }

    @Override
    public void onError(Throwable error) {
        call.failed(error);
        handler.onError(error);
    }

    @Override
    public void onPartialResponse(String piece) {
        handler.onPartialResponse(piece);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        handler.onPartialResponse(piece, context);
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
        handler.onPartialThinking(piece);
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        handler.onPartialThinking(piece, context);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece) {
        handler.onPartialToolCall(piece);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        handler.onPartialToolCall(piece, context);
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        handler.onCompleteToolCall(call);
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        handler.onUnmappedRawEvent(event);
    }
}
