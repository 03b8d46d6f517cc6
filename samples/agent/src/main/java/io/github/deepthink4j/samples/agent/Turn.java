package io.github.deepthink4j.samples.agent;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.TokenStream;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.samples.agent.screen.CleanText;
import io.github.deepthink4j.samples.agent.screen.Screen;
import io.github.deepthink4j.samples.agent.screen.Words;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
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
    private final Spending spending;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final StringBuilder thought = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();
    private final long startNanos = System.nanoTime();
    private final Set<String> models = new LinkedHashSet<>();
    private Cost cost;
    private int steps;
    private Tokens tokens = Tokens.NONE;
    private boolean midLine;
    private Throwable error;

    Turn(Screen screen, Spending spending) {
        this.screen = screen;
        this.spending = spending;
        this.cost = spending.nothing();
    }

    void listenTo(TokenStream stream) {
        stream.onPartialThinking(thinking -> thinking(thinking.text()))
                .onPartialResponse(this::text)
                .beforeToolExecution(call -> line("-> ", LimitedTool.shown(call.request())))
                .onToolExecuted(call -> line("<- ", call.result()))
                .onCompleteResponse(response -> answered())
                .onError(this::failed)
                .start();
    }

    private synchronized void thinking(String piece) {
        if (!outcome.isDone()) {
            thought.append(piece);
            screen.dimmed(piece);
        }
    }

    private synchronized void text(String piece) {
        if (!outcome.isDone()) {
            screen.endDimmed();
            answer.append(piece);
            screen.plain(piece);
            midLine = true;
        }
    }

    /** A model or a tool may have written any lines: here they are one, and none of them looks like the program's or an answer's. */
    private synchronized void line(String mark, String text) {
        if (!outcome.isDone()) {
            endLine();
            screen.line(mark + CleanText.inOneLine(text));
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
            screen.note(name(kind) + Words.of(": ", "：") + modelName);
        }
    }

    @Override
    public synchronized void onEnd(Step step, ChatResponse response) {
        if (step.failed()) {
            spending.addFailed(step.error());
        } else {
            String model = response == null ? null : response.metadata().modelName();
            cost = cost.add(spending.add(model, step.tokenUsage()));
            models.add(String.valueOf(spending.pricedAs(model)));
        }
        if (!outcome.isDone()) {
            endLine();
            TokenUsage usage = step.tokenUsage();
            Integer in = usage == null ? null : usage.inputTokenCount();
            Integer out = usage == null ? null : usage.outputTokenCount();
            screen.note(name(step.kind()) + Words.of(": ", "：") + Tokens.NONE.and(in, out) + seconds(step.time()));
            steps++;
            tokens = tokens.and(in, out);
        }
    }

    private static String seconds(Duration time) {
        return Words.of("; ", "；") + String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String name(StepKind kind) {
        return switch (kind) {
            case PLAN -> Words.of("plan", "规划");
            case CALL -> Words.of("call", "调用");
            case ANSWER -> Words.of("answer", "回答");
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }

    private synchronized void answered() {
        if (!outcome.isDone()) {
            endLine();
            screen.note(
                    Words.of("this question: " + steps + (steps == 1 ? " step, " : " steps, "), "本次提问：" + steps + " 步，")
                            + tokens
                            + seconds(Duration.ofNanos(System.nanoTime() - startNanos)));
            screen.note(spending.line(cost, models));
        }
        end(Outcome.ANSWERED);
    }

    synchronized void failed(Throwable cause) {
        if (cause instanceof CancellationException) {
            stop();
        } else if (!outcome.isDone()) {
            error = explained(cause);
            endLine();
            screen.line(Words.error(error));
            end(Outcome.FAILED);
        }
    }

    /** LangChain4j's own words for too many rounds name a setting of the code. */
    private static Throwable explained(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("maxToolCallingRoundTrips")
                ? new IllegalStateException(
                        Words.of(
                                "The tool caller has called tools " + Agent.ROUNDS
                                        + " times and more without an answer, so it"
                                        + " was stopped. Ask again in other words, or set another model as TOOLS_MODEL.",
                                "工具调用模型调用了 " + Agent.ROUNDS + " 轮以上的工具，仍然没有回答，已被停止。请换一种说法再问，或者把 TOOLS_MODEL"
                                        + " 设为别的模型。"),
                        cause)
                : cause;
    }

    /** The person does not want to wait. */
    synchronized void stop() {
        if (!outcome.isDone()) {
            spending.addStopped();
            endLine();
            screen.note(Words.of("stopped", "已停止"));
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

    synchronized String thought() {
        return thought.toString();
    }

    synchronized String answer() {
        return answer.toString();
    }

    synchronized Throwable error() {
        return error;
    }
}
