package io.github.deepthink4j.reactor;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/** LangChain4j's callbacks as events. A model may use the variants with a context or those without. */
final class EventHandler implements StreamingChatResponseHandler {

    private final EventPipe pipe;

    EventHandler(EventPipe pipe) {
        this.pipe = pipe;
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        pipe.use(context.streamingHandle());
        onPartialThinking(piece);
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
        Pieces.thinking(piece.text(), pipe);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        pipe.use(context.streamingHandle());
        onPartialResponse(piece.text());
    }

    @Override
    public void onPartialResponse(String piece) {
        Pieces.answer(piece, pipe);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        pipe.use(context.streamingHandle());
        onPartialToolCall(piece);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece) {
        Pieces.toolCall(piece, pipe);
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        pipe.emit(new ReasoningEvent.ToolCall(call.index(), call.toolExecutionRequest()));
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        pipe.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        pipe.fail(error);
    }
}
