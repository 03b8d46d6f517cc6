package io.github.deepthink4j.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One transport's hold on event loops. Ours are shared by all, begin with the first hold and end with the last, so that the class
 * loader of an application that is undeployed can be collected.
 */
final class Loops {

    /** A task that comes late, such as the last callback, still finds its loop. */
    private static final long QUIET_MILLIS = 100;

    private static final long AT_MOST_MILLIS = 5_000;

    private static @Nullable EventLoopGroup ours;
    private static int holds;

    private final EventLoopGroup group;
    private final AtomicBoolean held;

    private Loops(EventLoopGroup group, boolean isOurs) {
        this.group = group;
        this.held = new AtomicBoolean(isOurs);
    }

    /** The user's own, which are left alone. */
    static Loops of(EventLoopGroup group) {
        return new Loops(group, false);
    }

    static Loops shared() {
        synchronized (Loops.class) {
            EventLoopGroup group = ours;
            if (group == null) {
                group = newGroup();
                ours = group;
            }
            holds++;
            return new Loops(group, true);
        }
    }

    /** Netty 4.2 has another class for it; this one is in 4.1 as well, which Spring Boot 3 comes with. */
    @SuppressWarnings("deprecation")
    private static EventLoopGroup newGroup() {
        return new NioEventLoopGroup(Runtime.getRuntime().availableProcessors(), threads());
    }

    EventLoopGroup group() {
        return group;
    }

    void release() {
        if (held.compareAndSet(true, false)) {
            synchronized (Loops.class) {
                holds--;
                if (holds == 0) {
                    ours = null;
                    group.shutdownGracefully(QUIET_MILLIS, AT_MOST_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    /** As all threads of this library: daemons that know nothing of whoever came first. */
    private static ThreadFactory threads() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(
                    null, () -> runAndForget(task), "deepthink4j-netty-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Loops.class.getClassLoader());
            return thread;
        };
    }

    private static void runAndForget(Runnable task) {
        try {
            task.run();
        } finally {
            FastThreadLocal.removeAll();
        }
    }
}
