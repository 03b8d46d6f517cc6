package io.github.deepthink4j.netty;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One transport's connections that are without a call: the one used last serves next, so that those that are too many grow old
 * and go. How many there are at a time is not limited. Thread-safe.
 */
final class Pool {

    private final Duration keepIdle;
    private final Runnable onEnd;
    private final Map<Route, Deque<Connection>> idle = new HashMap<>();

    /** The end of each connection's time. */
    private final Map<Connection, Future<?>> ends = new HashMap<>();

    private int open;
    private boolean closed;

    /**
     * @param onEnd called when this was closed and its last connection has gone, perhaps twice
     */
    Pool(Duration keepIdle, Runnable onEnd) {
        this.keepIdle = keepIdle;
        this.onEnd = onEnd;
    }

    synchronized @Nullable Connection take(Route route) {
        Deque<Connection> connections = idle.get(route);
        while (connections != null && !connections.isEmpty()) {
            Connection connection = connections.getLast();
            remove(connection);
            if (connection.isOpen()) {
                return connection;
            }
        }
        return null;
    }

    /** Whether it is kept for a next call. */
    synchronized boolean put(Connection connection) {
        if (!closed) {
            idle.computeIfAbsent(connection.route(), route -> new ArrayDeque<>())
                    .add(connection);
            ends.put(
                    connection,
                    connection.loop().schedule(() -> end(connection), keepIdle.toNanos(), TimeUnit.NANOSECONDS));
        }
        return !closed;
    }

    private void end(Connection connection) {
        if (forget(connection)) {
            connection.close();
        }
    }

    /** Whether it was without a call. */
    synchronized boolean forget(Connection connection) {
        return remove(connection);
    }

    private boolean remove(Connection connection) {
        Future<?> end = ends.remove(connection);
        if (end == null) {
            return false;
        }
        end.cancel(false);
        Deque<Connection> connections = idle.get(connection.route());
        if (connections != null) {
            connections.removeLastOccurrence(connection);
            if (connections.isEmpty()) {
                idle.remove(connection.route());
            }
        }
        return true;
    }

    /** Whether one more may begin. */
    synchronized boolean begin() {
        if (!closed) {
            open++;
        }
        return !closed;
    }

    /** One that has begun has ended, or has never come about. */
    void ended() {
        synchronized (this) {
            open--;
            if (!closed || open > 0) {
                return;
            }
        }
        onEnd.run();
    }

    /** What is idle ends; what serves a call ends with that. */
    void close() {
        List<Connection> connections;
        boolean isEnd;
        synchronized (this) {
            closed = true;
            connections = new ArrayList<>(ends.keySet());
            connections.forEach(this::remove);
            isEnd = open == 0;
        }
        connections.forEach(Connection::close);
        if (isEnd) {
            onEnd.run();
        }
    }
}
