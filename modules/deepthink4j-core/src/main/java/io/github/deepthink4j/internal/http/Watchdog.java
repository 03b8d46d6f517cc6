package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.settings.Timeouts;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the clock for one exchange. A byte only notes its time; the check looks at that when it comes, and comes again
 * when the nearest limit would be reached, so that no timer is set anew for each byte.
 */
final class Watchdog {

    /** How long the words of a refusal may take, whose status has come: they are short, and what drips would be waited for in vain. */
    static final Duration REFUSAL = Duration.ofSeconds(5);

    private final Timeouts timeouts;
    private final Consumer<TransportFailure> onTimeout;
    private final Scheduler scheduler;
    private final long startNanos;
    private volatile long waitingSinceNanos;
    private volatile boolean waiting = true;
    private volatile boolean started;
    private volatile boolean draining;
    private volatile boolean refused;
    private volatile long refusedNanos;
    private volatile boolean stopped;
    private volatile @Nullable Runnable unschedule;

    /**
     * @param onTimeout may call users' code, which never runs on the clock's thread: a slow callback would stop all timeouts
     */
    Watchdog(Timeouts timeouts, Consumer<TransportFailure> onTimeout, Scheduler scheduler) {
        this.timeouts = timeouts;
        this.onTimeout = onTimeout;
        this.scheduler = scheduler;
        this.startNanos = scheduler.nanoTime();
        this.waitingSinceNanos = startNanos;
    }

    void start() {
        schedule(nanosLeft(startNanos));
    }

    /** Bytes have come, and until {@link #waiting()} nobody waits for more: a callback runs, or the reader has paused. */
    void received() {
        started = true;
        waiting = false;
    }

    /** More is wanted from the server now. */
    void waiting() {
        waitingSinceNanos = scheduler.nanoTime();
        waiting = true;
    }

    /** The head of a refusal has come: from now on its words may take so long, and no longer. */
    void refused() {
        refusedNanos = scheduler.nanoTime();
        refused = true;
        unschedule();
        schedule(nanosLeft(refusedNanos));
    }

    /**
     * From now on only one limit counts, and nobody is told of a timeout.
     *
     * @param onEnd closes the connection, which may block
     */
    void drain(Duration limit, Runnable onEnd) {
        draining = true;
        unschedule();
        reschedule(
                () -> {
                    if (!stopped) {
                        OwnThreads.run(onEnd);
                    }
                },
                limit);
    }

    void stop() {
        stopped = true;
        unschedule();
    }

    private void unschedule() {
        Runnable pending = unschedule;
        if (pending != null) {
            pending.run();
        }
    }

    private void check() {
        if (stopped || draining) {
            return;
        }
        long now = scheduler.nanoTime();
        TransportFailure failure = exceeded(now);
        if (failure != null) {
            OwnThreads.run(() -> onTimeout.accept(failure));
        } else {
            schedule(nanosLeft(now));
        }
    }

    private void schedule(long nanos) {
        reschedule(this::check, Duration.ofNanos(nanos));
    }

    private void reschedule(Runnable task, Duration delay) {
        unschedule = scheduler.schedule(task, delay);
        if (stopped) {
            unschedule();
        }
    }

    private @Nullable TransportFailure exceeded(long now) {
        Duration total = timeouts.total();
        if (total != null && now - startNanos >= total.toNanos()) {
            return new TransportFailure(Kind.TOTAL_TIMEOUT, total, null);
        }
        if (refused && now - refusedNanos >= REFUSAL.toNanos()) {
            return new TransportFailure(Kind.IDLE_TIMEOUT, REFUSAL, null);
        }
        if (!started && now - startNanos >= timeouts.firstByte().toNanos()) {
            return new TransportFailure(Kind.FIRST_BYTE_TIMEOUT, timeouts.firstByte(), null);
        }
        if (started && waiting && now - waitingSinceNanos >= timeouts.idle().toNanos()) {
            return new TransportFailure(Kind.IDLE_TIMEOUT, timeouts.idle(), null);
        }
        return null;
    }

    private long nanosLeft(long now) {
        long silence = nanosOfSilenceLeft(now);
        long left = refused ? Math.min(silence, REFUSAL.toNanos() - (now - refusedNanos)) : silence;
        Duration total = timeouts.total();
        return total == null ? left : Math.min(left, total.toNanos() - (now - startNanos));
    }

    private long nanosOfSilenceLeft(long now) {
        return started
                ? timeouts.idle().toNanos() - (waiting ? now - waitingSinceNanos : 0)
                : Math.min(
                        timeouts.firstByte().toNanos() - (now - startNanos),
                        // The first byte may come at once, and then the idle limit counts.
                        timeouts.idle().toNanos());
    }
}
