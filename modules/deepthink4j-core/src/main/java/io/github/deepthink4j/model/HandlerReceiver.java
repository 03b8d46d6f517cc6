package io.github.deepthink4j.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.stream.GuardedHandler;
import io.github.deepthink4j.internal.stream.ListenedHandler;

/** The pieces of an answer as LangChain4j's handler wants them. */
final class HandlerReceiver implements AnswerReceiver {

    private final StreamingChatResponseHandler handler;
    private final GuardedHandler user;
    private final Inquiry inquiry;

    /**
     * @param inquiry hears of a failure before the handler does, which may go on with the conversation
     */
    HandlerReceiver(StreamingChatResponseHandler handler, StreamingHandle handle, Inquiry inquiry, SafeLog log) {
        this.handler = handler;
        this.inquiry = inquiry;
        this.user = new GuardedHandler(handler, handle, log);
    }

    @Override
    public void onThinking(String text) {
        user.thinking(new PartialThinking(text));
    }

    @Override
    public void onText(String text) {
        user.text(new PartialResponse(text));
    }

    @Override
    public void onToolCallPiece(int index, String id, String name, String partialArguments) {
        user.toolCallPiece(PartialToolCall.builder()
                .index(index)
                .id(id)
                .name(name)
                .partialArguments(partialArguments)
                .build());
    }

    @Override
    public void onToolCall(int index, ToolExecutionRequest call) {
        user.toolCall(new CompleteToolCall(index, call));
    }

    @Override
    public void onComplete(ChatResponse response) {
        user.complete(response);
    }

    @Override
    public void onError(RuntimeException error) {
        inquiry.failed(error);
        user.error(error);
    }

    @Override
    public void onCancel() {
        ListenedHandler.cancelled(handler);
    }
}
