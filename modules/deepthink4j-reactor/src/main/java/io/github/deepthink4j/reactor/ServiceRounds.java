package io.github.deepthink4j.reactor;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolExecution;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.model.Citation;
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

    /** What the rounds before the last one were answered. */
    private final List<AiMessage> before = new ArrayList<>();

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
                .onCompleteResponse(rounds::completed)
                .onError(rounds::failed)
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
            before.add(response.aiMessage());
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

    private void completed(ChatResponse response) {
        List<AiMessage> rounds = new ArrayList<>(answered());
        rounds.add(response.aiMessage());
        pipe.complete(new ReasoningEvent.Completed(response, Citation.in(rounds)));
    }

    /** What a later round is refused for takes back all that came before it: to whoever sees it, it is one answer. */
    private void failed(Throwable error) {
        List<AiMessage> rounds = answered();
        boolean shown =
                error instanceof ContentRefusedException refused && !refused.mustWithdraw() && !rounds.isEmpty();
        pipe.fail(shown ? RefusedRound.of((ContentRefusedException) error, rounds) : error);
    }

    private List<AiMessage> answered() {
        synchronized (lock) {
            return List.copyOf(before);
        }
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
