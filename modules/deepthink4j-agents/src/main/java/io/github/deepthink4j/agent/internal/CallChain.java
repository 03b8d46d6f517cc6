package io.github.deepthink4j.agent.internal;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks parts one after the other for one answer that no thread waits for. Whoever gives the answer up stops the part that runs, and
 * no other begins. What follows on a part's answer runs on the thread that has brought it.
 */
public final class CallChain {

    private final AnswerFuture<ChatResponse> answer = new AnswerFuture<>();
    private final AsyncParts parts;
    private final StepLog log;
    private volatile boolean stopped;

    public CallChain(AsyncParts parts, StepLog log) {
        this.parts = parts;
        this.log = log;
        answer.stoppedBy(() -> stopped = true);
    }

    /** What the user has in hand; to cancel it ends the chain. */
    public CompletableFuture<ChatResponse> answer() {
        return answer;
    }

    /** The calls of a turn; it begins now, and what that throws ends the chain. */
    public static CompletableFuture<ChatResponse> walk(TurnMaker maker, AsyncParts parts, StepLog log) {
        CallChain chain = new CallChain(parts, log);
        chain.run(() -> {
            Turn<ChatModel> turn = maker.make();
            chain.walk(turn, turn.first());
        });
        return chain.answer();
    }

    /** Begins a turn, or refuses to. */
    @FunctionalInterface
    public interface TurnMaker {

        Turn<ChatModel> make();
    }

    private void walk(Turn<ChatModel> turn, PartCall<ChatModel> call) {
        ask(call, call.part().model(), UnaryOperator.identity(), () -> {}, this::failed, response -> {
            PartCall<ChatModel> next = turn.next(response);
            if (next == null) {
                answered(turn.result(response, log));
            } else {
                walk(turn, next);
            }
        });
    }

    /** What this throws ends the chain. */
    public void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failed(e);
        }
    }

    /**
     * One call, as a step; just one of what follows is called, and none of them when the answer was given up.
     *
     * @param model    the part's, or what stands around it
     * @param check    throws what makes a failure of a response
     * @param onStop   called, perhaps more than once, when the answer was given up during this call or after it
     */
    public void ask(
            PartCall<ChatModel> call,
            ChatModel model,
            UnaryOperator<ChatResponse> check,
            Runnable onStop,
            Consumer<Throwable> onFailure,
            Consumer<ChatResponse> onAnswer) {
        if (stopped) {
            onStop.run();
            return;
        }
        StepLog.Running step = log.start(call.kind(), call.part());
        CompletableFuture<ChatResponse> asked = step.make(() -> parts.ask(model, call.request()));
        answer.stoppedBy(() -> {
            stopped = true;
            step.cancelled();
            asked.cancel(true);
            onStop.run();
        });
        asked.whenComplete((response, error) -> {
            if (!stopped) {
                run(() -> follow(step, response, error, check, onFailure, onAnswer));
            }
        });
    }

    private static void follow(
            StepLog.Running step,
            ChatResponse response,
            @Nullable Throwable error,
            UnaryOperator<ChatResponse> check,
            Consumer<Throwable> onFailure,
            Consumer<ChatResponse> onAnswer) {
        Throwable failure = error == null ? null : AnswerFuture.unwrapped(error);
        ChatResponse checked = response;
        if (failure == null) {
            try {
                checked = check.apply(response);
                step.succeeded(checked);
            } catch (Throwable e) {
                failure = e;
            }
        }
        if (failure == null) {
            onAnswer.accept(checked);
        } else {
            step.failed(failure);
            onFailure.accept(failure);
        }
    }

    /** The end with an answer. */
    public void answered(ChatResponse response) {
        parts.end(() -> answer.answered(response));
    }

    /** The end without one. */
    public void failed(Throwable error) {
        log.addTo(error);
        parts.end(() -> answer.failed(error));
    }
}
