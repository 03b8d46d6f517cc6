package io.github.deepthink4j.internal.stream;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events that wait for the subscriber. While there are any, the stream that they come from is held up; so what
 * waits is never more than what was decoded from the bytes in hand.
 */
public final class Backlog {

    private final AtomicInteger waiting = new AtomicInteger();
    private final Object lock = new Object();
    private @Nullable PausableStreamingHandle stream;
    private boolean paused;

    /**
     * A stream that has just begun. It is held up with its first event at the soonest, since the limit for its first byte
     * would not wait for a slow subscriber. The one before is over, or none of ours to hold up any more.
     */
    public void follow(PausableStreamingHandle started) {
        synchronized (lock) {
            if (stream != null && paused) {
                stream.resume();
            }
            stream = started;
            paused = false;
        }
    }

    /** Before an event is passed on. */
    public void add() {
        waiting.incrementAndGet();
    }

    /** After it: the subscriber may have taken it already. */
    public void settle() {
        if (waiting.get() > 0) {
            adjust();
        }
    }

    /** The subscriber gets an event. */
    public void taken() {
        if (waiting.decrementAndGet() == 0) {
            adjust();
        }
    }

    /** Looks again within the lock: whoever comes last acts on the latest count. */
    private void adjust() {
        synchronized (lock) {
            boolean pause = waiting.get() > 0;
            if (stream == null || pause == paused) {
                return;
            }
            paused = pause;
            if (pause) {
                stream.pause();
            } else {
                stream.resume();
            }
        }
    }
}
