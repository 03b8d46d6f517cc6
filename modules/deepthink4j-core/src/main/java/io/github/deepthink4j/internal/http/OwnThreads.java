package io.github.deepthink4j.internal.http;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of this library, for all models together: how many there are depends on what runs at a time, not on how many
 * models there are. They are daemons, come on demand, and go after half a minute without work; when the last model has been
 * closed they go at once, so that the class loader of an application that is undeployed can be collected. A model that is
 * dropped without being closed counts no longer than it can be reached.
 *
 * <p>They know nothing of whoever came first: they inherit no thread-locals, and their context class loader is this library's.
 */
public final class OwnThreads {

    private static final long KEEP_IDLE_MILLIS = 30_000;

    /** Not zero: a pool that waits for a task of later would look at its queue without a pause. */
    private static final long LET_GO_MILLIS = 10;

    private static final Set<Object> OPEN = Collections.newSetFromMap(new WeakHashMap<>());
    private static final ScheduledThreadPoolExecutor CLOCK = clockPool();

    private OwnThreads() {}

    /** An owner of threads begins its life. */
    public static void opened(Object owner) {
        synchronized (OPEN) {
            OPEN.add(owner);
            keepIdle(KEEP_IDLE_MILLIS);
        }
    }

    /** It ends; if it was the last one, the threads go as soon as they have nothing to do. */
    public static void closed(Object owner) {
        synchronized (OPEN) {
            if (OPEN.remove(owner) && OPEN.isEmpty()) {
                keepIdle(LET_GO_MILLIS);
            }
        }
    }

    /** How long a thread waits for work before it ends. */
    static void keepIdle(long millis) {
        CLOCK.setKeepAliveTime(millis, TimeUnit.MILLISECONDS);
        DeliveryThreads.SHARED.keepIdle(millis);
    }

    /** Runs something soon that may block or call users' code; nothing else waits for it. */
    public static void run(Runnable task) {
        DeliveryThreads.SHARED.executeBlocking(task);
    }

    /** As {@link #run}, on one of few threads; where tasks block all the same, more come by and by. */
    public static void runSoon(Runnable task) {
        DeliveryThreads.SHARED.execute(task);
    }

    /** For the HTTP client's own tasks, which bring the bytes, and never the common pool. */
    static Executor clientTasks() {
        return DeliveryThreads.SHARED;
    }

    static ScheduledThreadPoolExecutor clock() {
        return CLOCK;
    }

    private static ScheduledThreadPoolExecutor clockPool() {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, OwnThreads::clockThread);
        pool.setKeepAliveTime(KEEP_IDLE_MILLIS, TimeUnit.MILLISECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    private static Thread clockThread(Runnable task) {
        Thread thread = new Thread(null, task, "deepthink4j-clock", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(OwnThreads.class.getClassLoader());
        return thread;
    }
}
