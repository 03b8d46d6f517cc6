package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/**
 * The user's handler, whose call's listeners hear of the end before it does. What a callback of the user's has thrown is told to
 * the listeners too, beside the end: LangChain4j's kit for streaming models asks for it.
 */
public final class ListenedHandler extends ForwardingHandler {

    private final ListenedCall call;

    public ListenedHandler(StreamingChatResponseHandler handler, ListenedCall call) {
        super(handler);
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
}
