package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingHandle;

/** LangChain4j's callbacks as its streaming events. */
final class AnswerEventHandler extends StreamedPieces {

    private final AnswerSubscription subscription;

    AnswerEventHandler(AnswerSubscription subscription) {
        this.subscription = subscription;
    }

    @Override
    protected StreamScope scope() {
        return subscription;
    }

    @Override
    protected void onHandle(StreamingHandle handle) {
        subscription.use(handle);
    }

    @Override
    protected void onThinking(PartialThinking piece) {
        subscription.emit(piece);
    }

    @Override
    protected void onText(PartialResponse piece) {
        subscription.emit(piece);
    }

    @Override
    protected void onToolCallPiece(PartialToolCall piece) {
        subscription.emit(piece);
    }

    @Override
    protected void onToolCall(CompleteToolCall call) {
        subscription.emit(call);
    }

    @Override
    protected void onUnmapped(Object event) {
        Object raw = NewerEvents.raw(event);
        if (raw != null) {
            subscription.emit(raw);
        }
    }

    @Override
    protected void onAnswer(ChatResponse response) {
        subscription.complete(NewerEvents.complete(response));
    }

    @Override
    protected void onFailure(Throwable error) {
        subscription.fail(error);
    }
}
