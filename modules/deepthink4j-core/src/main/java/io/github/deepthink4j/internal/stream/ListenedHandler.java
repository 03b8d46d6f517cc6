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
import java.util.function.Consumer;

/**
 * The user's handler, whose call's listeners hear of the end before it does. What a callback of the user's has thrown is told to
 * the listeners too, beside the end: LangChain4j's kit for streaming models asks for it.
 */
public final class ListenedHandler extends ForwardingHandler {

    private final ListenedCall call;
    private final CallReport report;

    public ListenedHandler(StreamingChatResponseHandler handler, ListenedCall call) {
        super(handler);
        this.call = call;
        this.report = call.report();
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

    /** The caller has gone; neither this call nor one that it was made by is told anything any more. */
    public static void cancelled(StreamingChatResponseHandler handler) {
        forEach(handler, ListenedCall::cancelled);
    }

    /** What has ended the stream, to be told before the stream is stopped for it, which would pass for the caller's cancel. */
    static void broken(StreamingChatResponseHandler handler, Throwable error) {
        forEach(handler, call -> call.failed(error));
    }

    private static void forEach(StreamingChatResponseHandler handler, Consumer<ListenedCall> action) {
        StreamingChatResponseHandler next = handler;
        while (next instanceof ForwardingHandler forwarding) {
            if (forwarding instanceof ListenedHandler listened) {
                action.accept(listened.call);
            }
            next = forwarding.handler;
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        call.answered(response);
        report.inCaller(() -> handler.onCompleteResponse(response));
    }

    @Override
    public void onError(Throwable error) {
        call.failed(error);
        report.inCaller(() -> handler.onError(error));
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
        report.thinking();
        report.inCaller(() -> handler.onPartialThinking(piece));
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        report.thinking();
        if (report.isPlain()) {
            handler.onPartialThinking(piece, context);
        } else {
            report.inCaller(() -> handler.onPartialThinking(piece, context));
        }
    }

    @Override
    public void onPartialResponse(String piece) {
        report.text();
        report.inCaller(() -> handler.onPartialResponse(piece));
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        report.text();
        if (report.isPlain()) {
            handler.onPartialResponse(piece, context);
        } else {
            report.inCaller(() -> handler.onPartialResponse(piece, context));
        }
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece) {
        report.inCaller(() -> handler.onPartialToolCall(piece));
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        report.inCaller(() -> handler.onPartialToolCall(piece, context));
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall toolCall) {
        report.inCaller(() -> handler.onCompleteToolCall(toolCall));
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        report.inCaller(() -> handler.onUnmappedRawEvent(event));
    }
}
