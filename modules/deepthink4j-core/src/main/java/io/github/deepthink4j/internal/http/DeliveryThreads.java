package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.log.SafeLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that bring bytes from the wire, on which callbacks run, for all models together. Tasks wait in one queue, and a
 * thread is added for the queue, not for the task: while one thread keeps up, it serves all streams, without a thread being
 * woken for each piece. A thread that has not come back from its task for {@link #INTERVAL} (a callback that blocks, the
 * look-up of a host) no longer counts, and another one serves; so do more, one for each interval, as long as tasks wait
 * that long. Of the idle threads the oldest serves next, and a stream goes back to the thread it had before while the queue is
 * short: where it is alone, its callbacks come on one thread.
 */
final class DeliveryThreads implements Executor {

    static final DeliveryThreads SHARED = new DeliveryThreads(Scheduler.SYSTEM);

    /** A thread switch takes some microseconds, a callback that computes mostly less than this. */
    static final Duration INTERVAL = Duration.ofMillis(2);

    /** So long a queue is work for another core. */
    private static final int LONG_QUEUE = 8;

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** More of them that are busy, not blocked, would only take the processor from each other. */
    private static final int MOST_BUSY = Math.max(32, 4 * CORES);

    /** Checks without work, after which the clock is left alone until there is some. */
    private static final int QUIET_CHECKS = 25;

    private static final SafeLog LOG = SafeLog.of(DeliveryThreads.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Scheduler clock;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Set<Worker> serving = new LinkedHashSet<>();

    /** Those that tasks were left to. */
    private final Set<Worker> owing = new LinkedHashSet<>();

    private final PriorityQueue<Worker> idle = new PriorityQueue<>(Comparator.comparingLong(worker -> worker.number));
    private long keepIdleNanos = TimeUnit.SECONDS.toNanos(30);
    private long lastNumber;
    private long added;
    private long taken;
    private long addedBeforeCheck;
    private int blocked;
    private int quietChecks;
    private boolean checking;

    DeliveryThreads(Scheduler clock) {
        this.clock = clock;
    }

    /** The current thread, if it may deliver: one of these that is not in the midst of another delivery. */
    static @Nullable DeliveryThread here() {
        return Thread.currentThread() instanceof DeliveryThread thread && !thread.delivers ? thread : null;
    }

    /**
     * Leaves a task to the thread that has run those before it, unless that is busy with something that blocks, or so much
     * waits that each thread is wanted for the next task in the queue.
     *
     * @return whether it will run there
     */
    boolean leaveTo(DeliveryThread thread, Runnable task) {
        Worker worker = thread.worker;
        lock.lock();
        try {
            boolean isBusy = worker.place == Place.ASIDE && thread.delivers;
            if (isBusy || worker.place == Place.GONE || waiting.size() > LONG_QUEUE * serving.size()) {
                return false;
            }
            worker.own.add(task);
            owing.add(worker);
            if (worker.place == Place.IDLE) {
                idle.remove(worker);
                worker.serve();
            }
            watch();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Runs a task soon. It may block; whoever knows that it will takes {@link #executeBlocking}. */
    @Override
    public void execute(Runnable task) {
        Worker begins = null;
        lock.lock();
        try {
            waiting.add(task);
            added++;
            if (serving.isEmpty() || waiting.size() > LONG_QUEUE * serving.size() && serving.size() < CORES) {
                begins = serveMore();
            }
            watch();
        } finally {
            lock.unlock();
        }
        startOrTryAgain(begins);
    }

    private void watch() {
        if (!checking) {
            checking = true;
            scheduleCheck();
        }
    }

    /** Runs a task at once on a thread that serves nothing else meanwhile. */
    void executeBlocking(Runnable task) {
        Worker worker;
        boolean isNew;
        lock.lock();
        try {
            // The youngest, since the oldest is the first to serve.
            Worker youngest = idle.stream()
                    .max(Comparator.comparingLong(each -> each.number))
                    .orElse(null);
            isNew = youngest == null;
            worker = youngest == null ? new Worker(++lastNumber) : youngest;
            idle.remove(worker);
            worker.blocking = task;
            worker.setAside();
        } finally {
            lock.unlock();
        }
        start(isNew ? worker : null);
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

    /** One more thread serves; returned if it is new and must be started. */
    private @Nullable Worker serveMore() {
        Worker oldest = idle.poll();
        Worker worker = oldest == null ? new Worker(++lastNumber) : oldest;
        worker.serve();
        return oldest == null ? worker : null;
    }

    /** Where no thread can be had now, the next check tries again: the task waits. */
    private void startOrTryAgain(@Nullable Worker worker) {
        try {
            start(worker);
        } catch (Throwable e) {
            LOG.error("No thread can be had for what waits; it is tried again", e);
        }
    }

    private void start(@Nullable Worker worker) {
        if (worker == null) {
            return;
        }
        try {
            new DeliveryThread(worker).start();
        } catch (Throwable e) {
            lock.lock();
            try {
                serving.remove(worker);
                blocked -= worker.place == Place.ASIDE ? 1 : 0;
                worker.place = Place.GONE;
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    private void scheduleCheck() {
        clock.schedule(this::check, INTERVAL);
    }

    private void check() {
        Deque<Worker> begin = new ArrayDeque<>();
        lock.lock();
        try {
            setBlockedAside();
            takeBackOwn();
            for (int more = wanted(); more > 0; more--) {
                Worker worker = serveMore();
                if (worker != null) {
                    begin.add(worker);
                }
            }
            addedBeforeCheck = added;
            quietChecks = serving.isEmpty() && waiting.isEmpty() ? quietChecks + 1 : 0;
            checking = quietChecks < QUIET_CHECKS;
            if (checking) {
                scheduleCheck();
            } else {
                quietChecks = 0;
            }
        } finally {
            lock.unlock();
        }
        begin.forEach(this::startOrTryAgain);
    }

    private void setBlockedAside() {
        for (Iterator<Worker> each = serving.iterator(); each.hasNext(); ) {
            Worker worker = each.next();
            if (worker.tasks == worker.tasksBeforeCheck) {
                each.remove();
                worker.setAside();
            }
            worker.tasksBeforeCheck = worker.tasks;
        }
    }

    /** What was left to a thread that has not come back is for any other. */
    private void takeBackOwn() {
        for (Worker worker : owing) {
            if (worker.place == Place.ASIDE) {
                added += worker.own.size();
                waiting.addAll(worker.own);
                worker.own.clear();
            }
        }
        owing.removeIf(worker -> worker.own.isEmpty());
    }

    /** How many threads more: the more there are that block, the more are likely to. */
    private int wanted() {
        boolean hasWaited = taken < addedBeforeCheck;
        if (waiting.isEmpty() || !hasWaited && !serving.isEmpty() || serving.size() >= MOST_BUSY) {
            return 0;
        }
        return serving.isEmpty() ? Math.min(waiting.size(), 1 + blocked / 2) : 1;
    }

    /** So that a thread is known by its type, whatever users call theirs. */
    static final class DeliveryThread extends Thread {

        private final Worker worker;

        /** Whether it runs users' code; written by itself alone. */
        private volatile boolean delivers;

        private DeliveryThread(Worker worker) {
            super(null, worker, "deepthink4j-delivery-" + worker.number, 0, false);
            this.worker = worker;
            setDaemon(true);
            setContextClassLoader(DeliveryThreads.class.getClassLoader());
        }

        void delivers(boolean delivers) {
            this.delivers = delivers;
        }
    }

    private enum Place {
        IDLE,
        SERVING,

        /** Busy with something that blocks. */
        ASIDE,
        GONE
    }

    private final class Worker implements Runnable {

        private final long number;
        private final Condition called = lock.newCondition();
        private Place place = Place.IDLE;

        /** What is known to block. */
        private @Nullable Runnable blocking;

        /** What was left to this thread. */
        private final Deque<Runnable> own = new ArrayDeque<>(1);

        private long tasks;
        private long tasksBeforeCheck;

        Worker(long number) {
            this.number = number;
        }

        void serve() {
            place = Place.SERVING;
            serving.add(this);
            tasksBeforeCheck = -1;
            called.signal();
        }

        void setAside() {
            place = Place.ASIDE;
            blocked++;
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
                // Tasks handle what listeners throw; whatever comes here must not end the thread of other streams.
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
                Runnable task = take();
                long idleSince = System.nanoTime();
                while (task == null) {
                    long left = keepIdleNanos - (System.nanoTime() - idleSince);
                    if (left <= 0 && place == Place.IDLE) {
                        idle.remove(this);
                        place = Place.GONE;
                        return null;
                    }
                    await(left);
                    if (place != Place.IDLE) {
                        task = take();
                    }
                }
                return task;
            } finally {
                lock.unlock();
            }
        }

        /** Its own task, or the next that waits, or none: then it is idle. */
        private @Nullable Runnable take() {
            if (blocking != null) {
                Runnable task = blocking;
                blocking = null;
                return task;
            }
            if (place == Place.ASIDE) {
                blocked--;
            }
            Runnable task = own.poll();
            if (task == null && !waiting.isEmpty()) {
                task = waiting.poll();
                taken++;
            }
            if (task == null) {
                serving.remove(this);
                place = Place.IDLE;
                idle.add(this);
                return null;
            }
            tasks++;
            serving.add(this);
            place = Place.SERVING;
            return task;
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
