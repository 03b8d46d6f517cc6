package io.github.deepthink4j.internal.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when a test says so. What comes due runs on the test's thread. */
public final class ManualScheduler implements Scheduler {

    private record Due(long nanos, long number, Runnable task) {}

    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::number));
    private long now = -1_000_000_000L;
    private long scheduled;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Runnable schedule(Runnable task, Duration delay) {
        Due due = new Due(now + Math.max(0, delay.toNanos()), scheduled++, task);
        waiting.add(due);
        notifyAll();
        return () -> take(due);
    }

    private synchronized void take(Due due) {
        waiting.remove(due);
    }

    /** How many tasks wait for their time. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Until something waits whose time is just this far off: what a call on other threads schedules. */
    public synchronized void awaitTaskIn(Duration delay) throws InterruptedException {
        while (waiting.stream().noneMatch(due -> due.nanos() - now == delay.toNanos())) {
            wait();
        }
    }

    /** Lets time pass; each task runs at its own moment. */
    public void advance(Duration time) {
        long end;
        synchronized (this) {
            end = now + time.toNanos();
        }
        while (true) {
            Due due;
            synchronized (this) {
                due = waiting.peek();
                if (due == null || due.nanos() > end) {
                    now = end;
                    return;
                }
                waiting.poll();
                now = due.nanos();
            }
            due.task().run();
        }
    }
}
