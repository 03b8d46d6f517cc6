package io.github.deepthink4j.model;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Waits between attempts without holding a thread: one daemon thread for all models, and sending never blocks it. */
final class RetryScheduler {

    private static final ScheduledThreadPoolExecutor SCHEDULER = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "deepthink4j-retry");
        thread.setDaemon(true);
        return thread;
    });

    static {
        SCHEDULER.setRemoveOnCancelPolicy(true);
    }

    private RetryScheduler() {}

    static ScheduledFuture<?> schedule(Runnable attempt, Duration delay) {
        return SCHEDULER.schedule(attempt, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
