package io.github.deepthink4j.agent.consensus;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.StepLog;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One sample: run once, whoever runs it, with one end for whoever counts and one for the step listener. Being stopped ends both at
 * once, also where the part does not heed it.
 */
final class Sample extends FutureTask<ChatResponse> {

    private final int number;
    private final Call call;
    private final Consumer<Sample> onEnd;
    private volatile long startNanos;
    private volatile boolean begun;

    Sample(int number, Part<ChatModel> part, ChatRequest request, StepLog log, Consumer<Sample> onEnd) {
        this(number, new Call(part, request, log), onEnd);
    }

    private Sample(int number, Call call, Consumer<Sample> onEnd) {
        super(call::run);
        this.number = number;
        this.call = call;
        this.onEnd = onEnd;
        call.sample = this;
    }

    /** From 1 on. */
    int number() {
        return number;
    }

    /** Its time counts from now on, and not from when it was given to an executor. */
    void begins() {
        if (!begun) {
            startNanos = System.nanoTime();
            begun = true;
        }
    }

    boolean runs() {
        return begun && !isDone();
    }

    long nanosRun() {
        return System.nanoTime() - startNanos;
    }

    /** The executor has not taken it; one that has begun all the same ends by itself. */
    void refused(Throwable why) {
        if (!begun) {
            setException(why);
        }
    }

    /**
     * @param why {@code null} where nobody needs it any more
     */
    void stop(@Nullable RuntimeException why) {
        call.stopped = why;
        if (cancel(true)) {
            call.endStep();
        }
    }

    @Override
    protected void done() {
        onEnd.accept(this);
    }

    /** What it has come to, when it has ended. */
    void countIn(Election election) throws InterruptedException {
        RuntimeException why = call.stopped;
        try {
            election.answered(number, get());
        } catch (CancellationException e) {
            election.failed(number, why != null ? why : e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            election.failed(number, cause == null ? e : cause);
        }
    }

    /** What is run: the part's call, as a step. */
    private static final class Call {

        private final Part<ChatModel> part;
        private final ChatRequest request;
        private final StepLog log;
        private @Nullable Sample sample;
        private volatile StepLog.@Nullable Running step;
        private volatile @Nullable RuntimeException stopped;

        Call(Part<ChatModel> part, ChatRequest request, StepLog log) {
            this.part = part;
            this.request = request;
            this.log = log;
        }

        ChatResponse run() {
            Sample running = requireNonNull(sample, "sample");
            running.begins();
            if (running.isCancelled()) {
                // Nothing was sent: no step, and no cost.
                throw new CancellationException();
            }
            StepLog.Running begun = log.start(StepKind.SAMPLE, part);
            step = begun;
            try {
                if (running.isCancelled()) {
                    throw new CancellationException();
                }
                ChatResponse response = begun.make(() -> part.model().chat(request));
                begun.succeeded(response);
                return response;
            } catch (Throwable e) {
                if (running.isCancelled()) {
                    endStep();
                }
                begun.failed(e);
                throw e;
            }
        }

        /** Once, and not before it has begun. */
        void endStep() {
            StepLog.Running begun = step;
            RuntimeException why = stopped;
            if (begun != null && why != null) {
                begun.failed(why);
            } else if (begun != null) {
                begun.cancelled();
            }
        }
    }
}
