package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.log.SafeLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model's life with its transport, from its building to its closing: what runs at its end is told to end, and nothing begins
 * after it. The end may come any number of times, from any thread.
 */
public final class Lifetime implements AutoCloseable {

    private static final SafeLog LOG = SafeLog.of(Lifetime.class);

    private final Transport transport;
    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    public Lifetime(Transport transport) {
        this.transport = transport;
    }

    /** Closed at the end of this life. */
    public Transport transport() {
        return transport;
    }

    /**
     * Something begins.
     *
     * @param onClose ends it; at the latest until {@link #ended} is told the same
     * @throws IllegalStateException if the life is over
     */
    public void begun(Runnable onClose) {
        running.add(onClose);
        if (over) {
            running.remove(onClose);
            throw new IllegalStateException(
                    "This model is closed. Build a new one, or close it when its last call has ended.");
        }
    }

    /** It has come to its own end. */
    public void ended(Runnable onClose) {
        running.remove(onClose);
    }

    @Override
    public void close() {
        over = true;
        try {
            running.forEach(Lifetime::end);
        } finally {
            transport.close();
        }
    }

    /** What one call throws keeps no other from its end. */
    private static void end(Runnable onClose) {
        try {
            onClose.run();
        } catch (Throwable e) {
            LOG.warn("A call of a model that is closed could not be ended", e);
        }
    }
}
