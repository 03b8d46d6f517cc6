package io.github.deepthink4j.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Passes an answer on to LangChain4j's handler, by LangChain4j's rules: the variants with a context; what a callback
 * throws goes to {@code onError} and the stream goes on; what {@code onError} throws is logged.
 */
final class HandlerReceiver implements AnswerReceiver {

    private final StreamingChatResponseHandler handler;
    private final StreamingHandle handle;
    private final @Nullable StreamScope scope;
    private final Logger log;

    /**
     * @param scope the one that the stream belongs to, and with it what is begun in the last callback
     */
    HandlerReceiver(
            StreamingChatResponseHandler handler, StreamingHandle handle, @Nullable StreamScope scope, Logger log) {
        this.handler = handler;
        this.handle = handle;
        this.scope = scope;
        this.log = log;
    }

    @Override
    public void onThinking(String text) {
        guarded(() -> handler.onPartialThinking(new PartialThinking(text), new PartialThinkingContext(handle)));
    }

    @Override
    public void onText(String text) {
        guarded(() -> handler.onPartialResponse(new PartialResponse(text), new PartialResponseContext(handle)));
    }

    @Override
    public void onToolCallPiece(int index, String id, String name, String partialArguments) {
        PartialToolCall piece = PartialToolCall.builder()
                .index(index)
                .id(id)
                .name(name)
                .partialArguments(partialArguments)
                .build();
        guarded(() -> handler.onPartialToolCall(piece, new PartialToolCallContext(handle)));
    }

    @Override
    public void onToolCall(int index, ToolExecutionRequest call) {
        guarded(() -> handler.onCompleteToolCall(new CompleteToolCall(index, call)));
    }

    @Override
    public void onComplete(ChatResponse response) {
        inScope(() -> guarded(() -> handler.onCompleteResponse(response)));
    }

    @Override
    public void onError(RuntimeException error) {
        inScope(() -> tellError(error));
    }

    private void inScope(Runnable lastCallback) {
        if (scope == null) {
            lastCallback.run();
        } else {
            scope.run(lastCallback);
        }
    }

    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (Exception e) {
            tellError(e);
        }
    }

    private void tellError(Exception error) {
        try {
            handler.onError(error);
        } catch (Exception e) {
            log.warn("StreamingChatResponseHandler.onError() has thrown; this is ignored", e);
        }
    }
}
