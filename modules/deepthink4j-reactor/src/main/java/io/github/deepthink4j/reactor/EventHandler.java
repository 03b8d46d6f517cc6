package io.github.deepthink4j.reactor;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.stream.StreamScope;
import io.github.deepthink4j.internal.stream.StreamedPieces;

/** LangChain4j's callbacks as events. */
final class EventHandler extends StreamedPieces {

    private final EventPipe pipe;

    EventHandler(EventPipe pipe) {
        this.pipe = pipe;
    }

    @Override
    protected StreamScope scope() {
        return pipe;
    }

    @Override
    protected void onHandle(StreamingHandle handle) {
        pipe.use(handle);
    }

    @Override
    protected void onThinking(PartialThinking piece) {
        Pieces.thinking(piece.text(), pipe);
    }

    @Override
    protected void onText(PartialResponse piece) {
        Pieces.answer(piece.text(), pipe);
    }

    @Override
    protected void onToolCallPiece(PartialToolCall piece) {
        Pieces.toolCall(piece, pipe);
    }

    @Override
    protected void onToolCall(CompleteToolCall call) {
        pipe.emit(new ReasoningEvent.ToolCall(call.index(), call.toolExecutionRequest()));
    }

    @Override
    protected void onUnmapped(Object event) {
        // No kind of event stands for it.
    }

    @Override
    protected void onAnswer(ChatResponse response) {
        pipe.complete(response);
    }

    @Override
    protected void onFailure(Throwable error) {
        pipe.fail(error);
    }
}
