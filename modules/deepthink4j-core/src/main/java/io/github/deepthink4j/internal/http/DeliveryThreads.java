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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that bring bytes from the wire, on which callbacks run, for all models together. Tasks wait in one queue, and a
 * thread is added for the queue, not for the task: while one thread keeps up, it serves all streams, without a thread being
 * woken for each piece. A thread that waits for something in its task for {@link #INTERVAL}, as in a callback that blocks, no
 * longer counts, and another one serves; so do more, one for each interval, as long as tasks wait
 * that long. Of the idle threads the oldest serves next, and a stream that is alone goes back to the thread it had before: its
 * callbacks come on one thread.
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

    /** So many checks without coming back, and a thread that seems to run is taken to block as well, as in the look-up of a host. */
    private static final int LONG_TASK = 25;

    /** Reads of one stream, each of some thousand bytes, before those of others. */
    private static final int MOST_IN_A_ROW = 16;

    /** Checks without work, after which the clock is left alone until there is some. */
    private static final int QUIET_CHECKS = 25;

    private static final SafeLog LOG = SafeLog.of(DeliveryThreads.class);

    /** One for each arrival of any stream. */
    private final AtomicLong turns = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final Scheduler clock;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Set<DeliveryThread> serving = new LinkedHashSet<>();

    /** Those that tasks were left to. */
    private final Set<DeliveryThread> owing = new LinkedHashSet<>();

    private final PriorityQueue<DeliveryThread> idle =
            new PriorityQueue<>(Comparator.comparingLong(thread -> thread.number));
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

    /** Counts the arrivals of all streams, by which each sees whether it is alone. */
    long nextTurn() {
        return turns.incrementAndGet();
    }

    /**
     * Leaves a task to the thread that has run those before it, unless that is busy with something that blocks or has been left
     * something already, or so much waits that each thread is wanted for the next task in the queue.
     *
     * @return whether it will run there
     */
    boolean leaveTo(DeliveryThread thread, Runnable task) {
        lock.lock();
        try {
            boolean isBusy = thread.place == Place.ASIDE && thread.delivers;
            boolean isLate = !thread.own.isEmpty() || waiting.size() > LONG_QUEUE * serving.size();
            if (isBusy || isLate || thread.place == Place.GONE) {
                return false;
            }
            thread.own.add(task);
            owing.add(thread);
            if (thread.place == Place.IDLE) {
                idle.remove(thread);
                thread.serve();
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
        DeliveryThread begins = null;
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

    /** Runs a task at once on a thread that serves nothing else meanwhile; where none can be had, as any other task. */
    void executeBlocking(Runnable task) {
        DeliveryThread thread;
        boolean isNew;
        lock.lock();
        try {
            // The youngest, since the oldest is the first to serve.
            DeliveryThread youngest = idle.stream()
                    .max(Comparator.comparingLong(each -> each.number))
                    .orElse(null);
            isNew = youngest == null;
            thread = youngest == null ? new DeliveryThread(++lastNumber) : youngest;
            idle.remove(thread);
            thread.blocking = task;
            thread.setAside();
        } finally {
            lock.unlock();
        }
        try {
            start(isNew ? thread : null);
        } catch (Throwable e) {
            LOG.error("No thread can be had for what blocks; it waits for one", e);
            execute(task);
        }
    }

    /** How long a thread without work waits for some; those that wait already look at the clock anew. */
    void keepIdle(long millis) {
        lock.lock();
        try {
            keepIdleNanos = TimeUnit.MILLISECONDS.toNanos(millis);
            idle.forEach(thread -> thread.called.signal());
        } finally {
            lock.unlock();
        }
    }

    /** One more thread serves; returned if it is new and must be started. */
    private @Nullable DeliveryThread serveMore() {
        DeliveryThread oldest = idle.poll();
        DeliveryThread thread = oldest == null ? new DeliveryThread(++lastNumber) : oldest;
        thread.serve();
        return oldest == null ? thread : null;
    }

    /** Where no thread can be had now, the next check tries again: the task waits. */
    private void startOrTryAgain(@Nullable DeliveryThread thread) {
        try {
            start(thread);
        } catch (Throwable e) {
            LOG.error("No thread can be had for what waits; it is tried again", e);
        }
    }

    private void start(@Nullable DeliveryThread thread) {
        if (thread == null) {
            return;
        }
        try {
            thread.start();
        } catch (Throwable e) {
            lock.lock();
            try {
                serving.remove(thread);
                blocked -= thread.place == Place.ASIDE ? 1 : 0;
                thread.place = Place.GONE;
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
        Deque<DeliveryThread> begin = new ArrayDeque<>();
        lock.lock();
        try {
            setBlockedAside();
            takeBackOwn();
            for (int more = wanted(); more > 0; more--) {
                DeliveryThread thread = serveMore();
                if (thread != null) {
                    begin.add(thread);
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
        for (Iterator<DeliveryThread> each = serving.iterator(); each.hasNext(); ) {
            DeliveryThread thread = each.next();
            thread.sameTask = thread.tasks == thread.tasksBeforeCheck ? thread.sameTask + 1 : 0;
            thread.tasksBeforeCheck = thread.tasks;
            if (thread.sameTask >= 1 && thread.isWaiting() || thread.sameTask >= LONG_TASK) {
                each.remove();
                thread.setAside();
            }
        }
    }

    /** What was left to a thread that has not come back is for any other. */
    private void takeBackOwn() {
        for (DeliveryThread thread : owing) {
            if (thread.place == Place.ASIDE) {
                added += thread.own.size();
                waiting.addAll(thread.own);
                thread.own.clear();
            }
        }
        owing.removeIf(thread -> thread.own.isEmpty());
    }

    /** How many threads more: the more there are that block, the more are likely to. */
    private int wanted() {
        boolean hasWaited = taken < addedBeforeCheck;
        if (waiting.isEmpty() || !hasWaited && !serving.isEmpty() || serving.size() >= MOST_BUSY) {
            return 0;
        }
        return serving.isEmpty() ? Math.min(waiting.size(), 1 + blocked / 2) : 1;
    }

    private enum Place {
        IDLE,
        SERVING,

        /** Busy with something that blocks. */
        ASIDE,
        GONE
    }

    /** Known by its type, whatever users call their threads. */
    final class DeliveryThread extends Thread {

        private final long number;
        private final Condition called = lock.newCondition();
        private Place place = Place.IDLE;

        /** What is known to block. */
        private @Nullable Runnable blocking;

        /** What was left to this thread. */
        private final Deque<Runnable> own = new ArrayDeque<>(1);

        /** Whether it runs users' code; written by itself alone. */
        private volatile boolean delivers;

        /** Since it has taken a task of the queue; its own matter. */
        private int readsInARow;

        private long tasks;
        private long tasksBeforeCheck;
        private int sameTask;

        /** Whether it has heard that it is called. */
        private boolean isAwake;

        private DeliveryThread(long number) {
            super(null, null, "deepthink4j-delivery-" + number, 0, false);
            this.number = number;
            setDaemon(true);
            setContextClassLoader(DeliveryThreads.class.getClassLoader());
        }

        void delivers(boolean delivers) {
            this.delivers = delivers;
        }

        /** Whether it is time to let others have a turn: a server that never pauses would keep this thread for itself. */
        boolean isToGiveWay() {
            return ++readsInARow % MOST_IN_A_ROW == 0;
        }

        /** In its task; not one that the processor only has no time for: then another thread would be of no use. */
        boolean isWaiting() {
            return isAwake
                    && switch (getState()) {
                        case BLOCKED, WAITING, TIMED_WAITING -> true;
                        default -> false;
                    };
        }

        void serve() {
            place = Place.SERVING;
            serving.add(this);
            isAwake = false;
            tasksBeforeCheck = -1;
            sameTask = 0;
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
            readsInARow = 0;
            isAwake = true;
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
