package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.log.SafeLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that callbacks run on. A stream has a lane, whose tasks run one after the other; a lane holds a thread only
 * while it has tasks, so a thousand silent streams hold none. It prefers the thread it had before: LangChain4j expects
 * the callbacks of one stream on one thread, and only when that one is busy with another stream, whose callback may block
 * for long, does the lane take another. Threads come on demand and go after half a minute without work.
 */
final class DeliveryThreads {

    /** For all models together: the number of threads depends on what runs at a time, not on how many models there are. */
    static final DeliveryThreads SHARED = new DeliveryThreads();

    private static final SafeLog LOG = SafeLog.of(DeliveryThreads.class);
    private static final ThreadFactory THREADS = OwnThreads.named("deepthink4j-delivery-");

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private long keepIdleNanos = TimeUnit.SECONDS.toNanos(30);

    /** A new lane: an executor that runs its tasks in order, one at a time. */
    Executor lane() {
        return new Lane();
    }

    /** How long a thread without work waits for some; those that wait already look at the clock anew. */
    void keepIdle(long millis) {
        lock.lock();
        try {
            keepIdleNanos = TimeUnit.MILLISECONDS.toNanos(millis);
            idle.forEach(worker -> worker.called.signal());
        } finally {
            lock.unlock();
        }
    }

    private final class Lane implements Executor {

        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private @Nullable Worker worker;
        private boolean served;

        @Override
        public void execute(Runnable task) {
            Worker newWorker = null;
            lock.lock();
            try {
                tasks.add(task);
                if (served) {
                    return;
                }
                served = true;
                if (worker == null || !idle.remove(worker)) {
                    // The one that has been idle longest: the others' lanes are likelier to come back.
                    worker = idle.poll();
                }
                if (worker == null) {
                    worker = newWorker = new Worker();
                }
                worker.serve(this);
            } finally {
                lock.unlock();
            }
            if (newWorker != null) {
                begin(newWorker);
            }
        }

        /** Where no thread can be had, the next task tries again; this one is not lost, and the caller hears of it. */
        private void begin(Worker newWorker) {
            try {
                newWorker.start();
            } catch (Throwable e) {
                lock.lock();
                try {
                    served = false;
                    worker = null;
                } finally {
                    lock.unlock();
                }
                throw e;
            }
        }
    }

    private final class Worker implements Runnable {

        private final Condition called = lock.newCondition();
        private @Nullable Lane lane;

        void start() {
            THREADS.newThread(this).start();
        }

        void serve(Lane next) {
            lane = next;
            called.signal();
        }

        @Override
        public void run() {
            boolean more;
            do {
                more = runNext();
            } while (more);
        }

        /** In a method of its own: a thread that waits must not hold on to the last stream's answer. */
        private boolean runNext() {
            Runnable task = next();
            if (task == null) {
                return false;
            }
            try {
                task.run();
            } catch (Throwable e) {
                // Tasks handle what listeners throw; whatever comes here must not end the thread of other lanes.
                LOG.error("A delivery has failed", e);
            }
            // An interrupt that a callback leaves behind is not meant for the next stream.
            Thread.interrupted();
            return true;
        }

        /** Waits for work; {@code null} when this thread has been idle for long enough. */
        private @Nullable Runnable next() {
            lock.lock();
            try {
                long idleSince = System.nanoTime();
                while (true) {
                    if (lane != null) {
                        Runnable task = lane.tasks.poll();
                        if (task != null) {
                            return task;
                        }
                        // In one step with becoming idle: a lane that comes back at once finds this thread.
                        lane.served = false;
                        lane = null;
                        idle.add(this);
                    }
                    long left = keepIdleNanos - (System.nanoTime() - idleSince);
                    if (left <= 0) {
                        idle.remove(this);
                        return null;
                    }
                    await(left);
                }
            } finally {
                lock.unlock();
            }
        }

        /** Nobody has a reason to interrupt these threads, so an interrupt is not heeded. */
        private void await(long nanos) {
            try {
                called.awaitNanos(nanos);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
