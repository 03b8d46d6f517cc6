package io.github.deepthink4j.internal.stream;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a call that holds no thread. Whoever ends this future other than with the call's own end, by {@code cancel},
 * {@code orTimeout} or {@code complete}, waits for the answer no more: the call is stopped first, and what hangs on the future
 * runs afterwards, so that a stage that blocks does not hold the connection. As everywhere in {@link CompletableFuture}, the
 * cancel of a stage that was made of this one does not come here.
 *
 * @param <T> {@code ChatResponse}, or what of it is asked for
 */
public final class AnswerFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Object lock = new Object();
    private @Nullable Runnable stop;
    private boolean ended;
    private @Nullable Throwable abandonment;

    /** What was thrown, without what futures put around it. */
    public static Throwable unwrapped(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? unwrapped(cause) : error;
    }

    /**
     * What ends the call, from any thread; runs at once if nobody waits for the answer any more. Of several the last one counts.
     *
     * @param stop must not block or throw
     */
    public void stoppedBy(Runnable stop) {
        boolean tooLate;
        synchronized (lock) {
            tooLate = abandonment != null;
            if (!tooLate && !ended) {
                this.stop = stop;
            }
        }
        if (tooLate) {
            stop.run();
        }
    }

    /** The call's own end, with an answer; does nothing if nobody waits for it any more. */
    public void answered(T response) {
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
            return abandonment == null;
        }
    }

    /**
     * Why nobody waits for the call any more: the error that the future was given, such as that of {@code orTimeout}, or a
     * {@link CancellationException} where it was cancelled or given another answer.
     *
     * @return {@code null} as long as the call's own end counts
     */
    public @Nullable Throwable abandonment() {
        synchronized (lock) {
            return abandonment;
        }
    }

    private void abandon(Throwable why) {
        Runnable running;
        synchronized (lock) {
            if (ended || abandonment != null) {
                return;
            }
            abandonment = why;
            running = stop;
            stop = null;
        }
        if (running != null) {
            running.run();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        abandon(new CancellationException());
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean complete(T value) {
        abandon(new CancellationException());
        return super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        abandon(error);
        return super.completeExceptionally(error);
    }

    @Override
    public void obtrudeValue(T value) {
        abandon(new CancellationException());
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable error) {
        abandon(error);
        super.obtrudeException(error);
    }

    /** {@link CompletableFuture}'s own would go past {@link #complete}, and leave the call running. */
    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        executor.execute(() -> {
            if (isDone()) {
                return;
            }
            try {
                complete(supplier.get());
            } catch (Throwable e) {
                completeExceptionally(e);
            }
        });
        return this;
    }
}
