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
    private boolean running;
    private boolean abandoned;

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

    /**
     * Gives up waiting for the user's executor, which may have lost what it was given: what it has not begun is forgotten, and a
     * last task runs on this thread, or, if a task runs just now, after it on its thread.
     */
    void abandon(Runnable last) {
        synchronized (tasks) {
            abandoned = true;
            tasks.clear();
            if (running) {
                tasks.add(last);
                return;
            }
            // From now on nothing else is begun here.
            scheduled = true;
        }
        last.run();
    }

    private void schedule() {
        try {
            executor.execute(this::runOne);
        } catch (Throwable e) {
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
            // An executor that runs what it was given twice, or at the same time, gets nothing.
            if (running) {
                return;
            }
            task = tasks.poll();
            running = task != null;
        }
        if (task == null) {
            return;
        }
        try {
            task.run();
        } finally {
            next();
        }
    }

    private void next() {
        boolean more;
        boolean here;
        synchronized (tasks) {
            running = false;
            more = !tasks.isEmpty();
            here = abandoned;
            scheduled = more || here;
        }
        if (more && here) {
            runOne();
        } else if (more) {
            schedule();
        }
    }
}
