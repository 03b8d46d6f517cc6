package io.github.deepthink4j.netty;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The event loop of one call: that of its connection, once it has one. What runs there runs at once if this is its thread.
 */
final class CurrentLoop implements Executor {

    private volatile EventLoop loop;

    CurrentLoop(EventLoop loop) {
        this.loop = loop;
    }

    void become(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop get() {
        return loop;
    }

    @Override
    public void execute(Runnable task) {
        EventLoop current = loop;
        if (current.inEventLoop()) {
            task.run();
        } else {
            current.execute(task);
        }
    }

    /** Where the loop has ended, so have its connections, and there is nothing left to do on it. */
    void executeIfRunning(Runnable task) {
        try {
            execute(task);
        } catch (RejectedExecutionException e) {
            return;
        }
    }
}
