package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.http.DeliveryThreads.DeliveryThread;
import io.github.deepthink4j.internal.log.SafeLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in order, one at a time, on the thread that brings them where that is one of {@link DeliveryThreads} and not in the
 * midst of another stream's callback, and else on another one of those: a piece is handed over to no other thread after the
 * HTTP client has done so, but where a stream is alone for the one that ran those before it, if that has nothing else to do. A
 * task that comes while another runs is left to that thread.
 */
final class InPlace implements Executor {

    private static final SafeLog LOG = SafeLog.of(InPlace.class);

    /** More turns of others since the last one, and it is one stream among many, for which a thread of its own is not worth waking. */
    private static final int MOST_BETWEEN = 2;

    private final DeliveryThreads threads;
    private final Deque<Runnable> tasks = new ArrayDeque<>(2);
    private boolean served;

    /** The thread that has run the tasks so far. */
    private @Nullable DeliveryThread before;

    private long lastTurn;

    /**
     * @param threads for tasks that come on the thread of somebody else
     */
    InPlace(DeliveryThreads threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (served) {
                return;
            }
            served = true;
        }
        DeliveryThread here = DeliveryThreads.here();
        if (here == null) {
            threads.execute(this::runSomewhere);
        } else {
            runOrLeave(here);
        }
    }

    /**
     * Goes on with a stream whose task has run: at once, or now and then behind the tasks that wait.
     *
     * @param next asks for more, which may come at once and on this thread
     */
    void goOn(Runnable next) {
        if (Thread.currentThread() instanceof DeliveryThread here && here.isToGiveWay()) {
            threads.execute(next);
        } else {
            next.run();
        }
    }

    private void runSomewhere() {
        DeliveryThread here = DeliveryThreads.here();
        if (here != null) {
            runOrLeave(here);
        }
    }

    private void runOrLeave(DeliveryThread here) {
        long turn = threads.nextTurn();
        boolean isAmongMany = turn - lastTurn > MOST_BETWEEN + 1;
        lastTurn = turn;
        if (before == null || before == here || isAmongMany || !threads.leaveTo(before, this::runHere)) {
            runAll(here);
        }
    }

    /** On the thread it was left to, or on another, if that one has not come back. */
    private void runHere() {
        DeliveryThread here = DeliveryThreads.here();
        if (here != null) {
            runAll(here);
        }
    }

    private void runAll(DeliveryThread here) {
        before = here;
        here.delivers(true);
        for (Runnable task = next(here); task != null; task = next(here)) {
            try {
                task.run();
            } catch (Throwable e) {
                // Tasks handle what listeners throw; whatever comes here must not leave those after it unserved.
                LOG.error("A delivery has failed", e);
            }
        }
    }

    private @Nullable Runnable next(DeliveryThread here) {
        synchronized (tasks) {
            Runnable task = tasks.poll();
            if (task == null) {
                // In this order: whoever serves next finds that this thread has nothing more to do here.
                here.delivers(false);
                served = false;
            }
            return task;
        }
    }
}
