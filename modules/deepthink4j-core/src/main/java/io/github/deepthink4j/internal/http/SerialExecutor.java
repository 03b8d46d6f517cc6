package io.github.deepthink4j.internal.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs tasks in order, one at a time, on the user's executor; a busy stream gives way to others after each task. */
final class SerialExecutor implements Executor {

    private final Executor executor;
    private final Runnable onRejected;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean scheduled;

    /**
     * @param onRejected called when the user's executor refuses, or throws anything; the tasks are forgotten then
     */
    SerialExecutor(Executor executor, Runnable onRejected) {
        this.executor = executor;
        this.onRejected = onRejected;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }

    private void schedule() {
        try {
            executor.execute(this::runOne);
        } catch (RuntimeException | Error e) {
            // Whatever it throws, the task will not run: silence would leave the call without an end.
            synchronized (tasks) {
                tasks.clear();
            }
            onRejected.run();
        }
    }

    private void runOne() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.poll();
        }
        try {
            if (task != null) {
                task.run();
            }
        } finally {
            boolean more;
            synchronized (tasks) {
                more = !tasks.isEmpty();
                scheduled = more;
            }
            if (more) {
                schedule();
            }
        }
    }
}
