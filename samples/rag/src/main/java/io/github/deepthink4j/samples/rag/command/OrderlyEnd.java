package io.github.deepthink4j.samples.rag.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where a signal ends the program, as Ctrl-C does in a pipe, or a window that is closed, it waits until what runs has stopped by itself
 * and kept what it has done.
 */
final class OrderlyEnd implements AutoCloseable {

    /** Whoever stops a container waits as long before it is killed. */
    private static final int LIMIT_SECONDS = 10;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    /** @param askToStop whether it will, and is to be waited for */
    OrderlyEnd(BooleanSupplier askToStop) {
        hook = new Thread(() -> waitFor(askToStop), "orderly-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void waitFor(BooleanSupplier askToStop) {
        if (askToStop.getAsBoolean()) {
            try {
                over.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs right now.
        }
    }
}
