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

/** Passes each callback on, in the variant that it came in: whoever decorates a handler says only what is different. */
public abstract class ForwardingHandler implements StreamingChatResponseHandler {

    final StreamingChatResponseHandler handler;

    protected ForwardingHandler(StreamingChatResponseHandler handler) {
        if (handler == null) {
            throw new IllegalArgumentException("handler must not be null");
        }
        this.handler = handler;
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        handler.onCompleteResponse(response);
    }

    @Override
    public void onError(Throwable error) {
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
