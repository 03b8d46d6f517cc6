package io.github.deepthink4j.reactor;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * An AI service's answers and the tools between them, as one row of events: the pieces of an answer, its tool calls, what
 * the tools have returned, the pieces of the next answer.
 */
final class ServiceRounds {

    private final EventPipe pipe;
    private final Object lock = new Object();

    /** Concurrent tools begin while the answer still goes on, and may end before it. */
    private final List<ReasoningEvent> early = new ArrayList<>();

    /** Tools of a finished answer that have not returned yet. */
    private int due;

    private ServiceRounds(EventPipe pipe) {
        this.pipe = pipe;
    }

    static void start(TokenStream tokens, EventPipe pipe) {
        ServiceRounds rounds = new ServiceRounds(pipe);
        tokens.onPartialThinkingWithContext((piece, context) -> {
                    pipe.use(context.streamingHandle());
                    Pieces.thinking(piece.text(), pipe);
                })
                .onPartialResponseWithContext((piece, context) -> {
                    pipe.use(context.streamingHandle());
                    Pieces.answer(piece.text(), pipe);
                })
                .onPartialToolCallWithContext((piece, context) -> {
                    pipe.use(context.streamingHandle());
                    Pieces.toolCall(piece, pipe);
                })
                .onIntermediateResponse(rounds::answered)
                .beforeToolExecution(tool -> rounds.stopIfUnwanted())
                .onToolExecuted(rounds::executed)
                .onCompleteResponse(pipe::complete)
                .onError(pipe::fail)
                .start();
    }

    /** A token stream does not tell complete calls one by one. */
    private void answered(ChatResponse response) {
        List<ToolExecutionRequest> calls = response.aiMessage().toolExecutionRequests();
        for (int i = 0; i < calls.size(); i++) {
            pipe.emit(new ReasoningEvent.ToolCall(i, calls.get(i)));
        }
        List<ReasoningEvent> returned;
        synchronized (lock) {
            due = calls.size() - early.size();
            returned = List.copyOf(early);
            early.clear();
        }
        returned.forEach(pipe::emit);
    }

    private void executed(ToolExecution tool) {
        ReasoningEvent event = new ReasoningEvent.ToolExecuted(tool.request(), result(tool));
        synchronized (lock) {
            if (due == 0) {
                early.add(event);
                return;
            }
            due--;
        }
        pipe.emit(event);
    }

    private static ToolExecutionResultMessage result(ToolExecution tool) {
        return ToolExecutionResultMessage.builder()
                .id(tool.request().id())
                .toolName(tool.request().name())
                .contents(tool.resultContents())
                .isError(tool.hasFailed())
                .attributes(tool.attributes())
                .build();
    }

    /** Ends the invocation: a tool may cost money or change something, and the subscriber wants no more of it. */
    private void stopIfUnwanted() {
        if (pipe.isUnwanted()) {
            throw new CancellationException("The subscriber has gone; no further tool is begun.");
        }
    }
}
