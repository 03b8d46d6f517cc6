package io.github.deepthink4j.samples.agent;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.TokenStream;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.samples.agent.screen.Screen;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Shows one question's way: thoughts and plan, calls and results, the answer, and what each step has cost. */
final class Turn implements StepListener {

    /** How it has ended. */
    enum Outcome {
        ANSWERED,
        FAILED,
        STOPPED
    }

    private final Screen screen;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private boolean midLine;
    private Throwable error;

    Turn(Screen screen) {
        this.screen = screen;
    }

    void listenTo(TokenStream stream) {
        stream.onPartialThinking(thinking -> thinking(thinking.text()))
                .onPartialResponse(this::text)
                .beforeToolExecution(call -> line("-> " + LimitedTool.shown(call.request())))
                .onToolExecuted(call -> line("<- " + call.result()))
                .onCompleteResponse(response -> end(Outcome.ANSWERED))
                .onError(this::failed)
                .start();
    }

    private synchronized void thinking(String piece) {
        if (!outcome.isDone()) {
            screen.dimmed(piece);
        }
    }

    private synchronized void text(String piece) {
        if (!outcome.isDone()) {
            screen.endDimmed();
            screen.plain(piece);
            midLine = true;
        }
    }

    private synchronized void line(String text) {
        if (!outcome.isDone()) {
            endLine();
            screen.line(text);
        }
    }

    private void endLine() {
        screen.endDimmed();
        if (midLine) {
            midLine = false;
            screen.line("");
        }
    }

    @Override
    public synchronized void onStart(StepKind kind, String part, String modelName) {
        if (!outcome.isDone()) {
            endLine();
            screen.note(kind.name().toLowerCase(Locale.ROOT) + ": " + modelName);
        }
    }

    @Override
    public synchronized void onEnd(Step step, ChatResponse response) {
        if (!outcome.isDone()) {
            endLine();
            TokenUsage usage = step.tokenUsage();
            String tokens = usage == null
                    ? "tokens unknown"
                    : usage.inputTokenCount() + " tokens in, " + usage.outputTokenCount() + " out";
            screen.note(step.kind().name().toLowerCase(Locale.ROOT) + ": " + tokens
                    + String.format(Locale.ROOT, "; %.1f s", step.time().toMillis() / 1000.0));
        }
    }

    private synchronized void failed(Throwable cause) {
        if (cause instanceof CancellationException) {
            stop();
        } else if (!outcome.isDone()) {
            error = cause;
            endLine();
            screen.line("Error: " + cause.getMessage());
            end(Outcome.FAILED);
        }
    }

    /** The person does not want to wait. */
    synchronized void stop() {
        if (!outcome.isDone()) {
            endLine();
            screen.note("stopped");
            end(Outcome.STOPPED);
        }
    }

    private synchronized void end(Outcome how) {
        endLine();
        outcome.complete(how);
    }

    Outcome await() {
        return outcome.join();
    }

    synchronized Throwable error() {
        return error;
    }
}
