package io.github.deepthink4j.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A call that blocks, for whichever thread comes first to run it. Once it has begun it can't be cancelled, only waited for. */
final class BlockingStep<T> extends CompletableFuture<T> implements Runnable {

    private final Supplier<T> call;
    private final AtomicBoolean begun = new AtomicBoolean();

    BlockingStep(Supplier<T> call) {
        this.call = call;
    }

    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        T result;
        try {
            result = call.get();
        } catch (Throwable e) {
            completeExceptionally(e);
            return;
        }
        complete(result);
    }

    /** The executor has not taken it. */
    void refused(Throwable why) {
        if (begun.compareAndSet(false, true)) {
            completeExceptionally(why);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return begun.compareAndSet(false, true) && super.cancel(mayInterruptIfRunning);
    }
}
