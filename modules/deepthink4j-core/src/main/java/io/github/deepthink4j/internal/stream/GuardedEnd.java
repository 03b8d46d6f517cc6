package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/**
 * LangChain4j's handler around one of ours, for a model of anybody's. It calls listeners before ours hears of the end; an
 * {@code Error} of theirs would go to the model, which need not tell it to anybody. So it is told here.
 */
public final class GuardedEnd extends ForwardingHandler {

    public GuardedEnd(StreamingChatResponseHandler handler) {
        super(handler);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        try {
            handler.onCompleteResponse(response);
        } catch (Throwable e) {
            handler.onError(e);
        }
    }
}
