package io.github.deepthink4j.internal.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The clock, and what is to happen later: the one place that timeouts and pauses between attempts wait in. Tests put their own
 * time in its place.
 */
public interface Scheduler {

    /** The real time; one thread of ours for all models, which ends when nothing waits. */
    Scheduler SYSTEM = new Scheduler() {

        private final ScheduledThreadPoolExecutor clock = OwnThreads.clock();

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Runnable schedule(Runnable task, Duration delay) {
            return new Unscheduling(clock.schedule(task, Math.max(1, delay.toNanos()), TimeUnit.NANOSECONDS));
        }
    };

    /** Takes a task back, which meets the lock of the clock's queue: by this name BlockHound is told that it is a short one. */
    record Unscheduling(Future<?> scheduled) implements Runnable {

        @Override
        public void run() {
            scheduled.cancel(false);
        }
    }

    /** As {@link System#nanoTime()}: only differences mean something. */
    long nanoTime();

    /**
     * Runs a task later, once. All tasks share a thread, so none may block, and none may call users' code: what does goes on to
     * {@link OwnThreads#run}.
     *
     * @param delay at once if it is not positive
     * @return takes the task back, if it has not begun
     */
    Runnable schedule(Runnable task, Duration delay);
}
