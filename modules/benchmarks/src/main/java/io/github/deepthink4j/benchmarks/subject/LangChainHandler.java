package io.github.deepthink4j.benchmarks.subject;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;

/** A listener behind LangChain4j's interface, which hands out a way to stop the answer with each piece. */
final class LangChainHandler implements StreamingChatResponseHandler, Subject.Cancel {

    private final AnswerListener listener;
    private volatile StreamingHandle handle;

    LangChainHandler(AnswerListener listener) {
        this.listener = listener;
    }

    @Override
    public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
        heard(context.streamingHandle());
        listener.onThought(thinking.text());
    }

    @Override
    public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
        heard(context.streamingHandle());
        listener.onText(response.text());
    }

    private void heard(StreamingHandle theHandle) {
        if (handle == null) {
            handle = theHandle;
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        listener.onEnd(response);
    }

    @Override
    public void onError(Throwable error) {
        listener.onError(error);
    }

    @Override
    public boolean cancel() {
        StreamingHandle known = handle;
        if (known == null) {
            return false;
        }
        known.cancel();
        return true;
    }
}
