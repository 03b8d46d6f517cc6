package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a call that holds no thread. Whoever ends this future other than with the call's own end, by {@code cancel},
 * {@code orTimeout} or {@code complete}, waits for the answer no more: the call is stopped first, and what hangs on the future
 * runs afterwards, so that a stage that blocks does not hold the connection. As everywhere in {@link CompletableFuture}, the
 * cancel of a stage that was made of this one does not come here.
 */
public final class AnswerFuture extends CompletableFuture<ChatResponse> {

    private final Object lock = new Object();
    private @Nullable Runnable stop;
    private boolean ended;
    private boolean abandoned;

    /**
     * What ends the call, from any thread; runs at once if nobody waits for the answer any more. Of several the last one counts.
     *
     * @param stop must not block or throw
     */
    public void stoppedBy(Runnable stop) {
        boolean tooLate;
        synchronized (lock) {
            tooLate = abandoned;
            if (!tooLate && !ended) {
                this.stop = stop;
            }
        }
        if (tooLate) {
            stop.run();
        }
    }

    /** The call's own end, with an answer; does nothing if nobody waits for it any more. */
    public void answered(ChatResponse response) {
        if (end()) {
            super.complete(response);
        }
    }

    /** The call's own end, without one; does nothing if nobody waits for it any more. */
    public void failed(Throwable error) {
        if (end()) {
            super.completeExceptionally(error);
        }
    }

    /** Lets go of the call. Whoever has abandoned it is about to say how it ended, which may be another error than its cancel. */
    private boolean end() {
        synchronized (lock) {
            ended = true;
            stop = null;
            return !abandoned;
        }
    }

    private void abandon() {
        Runnable running;
        synchronized (lock) {
            if (ended || abandoned) {
                return;
            }
            abandoned = true;
            running = stop;
            stop = null;
        }
        if (running != null) {
            running.run();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        abandon();
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean complete(@Nullable ChatResponse value) {
        abandon();
        return super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        abandon();
        return super.completeExceptionally(error);
    }

    @Override
    public void obtrudeValue(@Nullable ChatResponse value) {
        abandon();
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable error) {
        abandon();
        super.obtrudeException(error);
    }
}
