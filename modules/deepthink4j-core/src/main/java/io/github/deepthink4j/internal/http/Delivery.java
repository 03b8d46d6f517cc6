package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.internal.log.SafeLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what happens on the wire to the listener: in order, one at a time, on its executor, with one last call and none
 * after a cancel.
 */
final class Delivery {

    private enum State {
        OPEN,
        OVER,
        CANCELLED
    }

    private static final SafeLog LOG = SafeLog.of(Delivery.class);

    /** What the user's executor is given beyond a limit, since it may just be about to tell the same. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Runnable closeWire;
    private final Executor lane;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /** Takes the limit on a lost end back. */
    private volatile @Nullable Runnable withdrawal;

    /** Let go of at the end, see {@link WireCall}. */
    private volatile @Nullable TransportListener listener;

    /**
     * @param executor  the user's; {@code null} for threads of our own
     * @param closeWire closes the connection; may be called several times, from any thread
     */
    Delivery(TransportListener listener, @Nullable Executor executor, Runnable closeWire) {
        this.listener = listener;
        this.closeWire = () -> close(closeWire);
        this.lane =
                executor == null ? new InPlace(DeliveryThreads.SHARED) : new SerialExecutor(executor, this::rejected);
    }

    /**
     * The user's executor may be full, lose what it is given, or wait for this very exchange: the end that it has not brought by
     * then is told all the same, on a thread of ours. Threads of our own lose nothing.
     *
     * @param failure what is told
     * @param limit   counts from now
     */
    void endWithin(Duration limit, TransportFailure failure, Scheduler scheduler) {
        if (lane instanceof SerialExecutor users && !isOver()) {
            withdraw();
            withdrawal = scheduler.schedule(
                    () -> OwnThreads.run(() -> {
                        closeWire.run();
                        users.abandon(() -> end(to -> to.onFailure(failure)));
                    }),
                    limit.plus(GRACE));
            if (isOver()) {
                withdraw();
            }
        }
    }

    private void withdraw() {
        Runnable pending = withdrawal;
        if (pending != null) {
            withdrawal = null;
            pending.run();
        }
    }

    /** The connection may be a client's of the user's; what it throws must not stand before the end. */
    private static void close(Runnable closeWire) {
        try {
            closeWire.run();
        } catch (Throwable e) {
            LOG.warn("A connection could not be closed", e);
        }
    }

    void response(int status, Map<String, List<String>> headers) {
        deliver(() -> tell(to -> to.onResponse(status, headers)));
    }

    /**
     * @param afterwards asks for more, when the listener has returned
     */
    void bytes(List<ByteBuffer> buffers, Runnable afterwards) {
        lane.execute(() -> {
            for (ByteBuffer buffer : buffers) {
                if (buffer.hasRemaining()) {
                    guarded(() -> tell(to -> to.onBytes(buffer)));
                }
            }
            if (lane instanceof InPlace place) {
                place.goOn(() -> ask(afterwards));
            } else {
                ask(afterwards);
            }
        });
    }

    private void ask(Runnable afterwards) {
        try {
            afterwards.run();
        } catch (Throwable e) {
            broken(e);
        }
    }

    void complete() {
        last(TransportListener::onComplete);
    }

    /** With what has come by now; the wire is closed at once. */
    void completeAsItIs() {
        complete();
        closeWire.run();
    }

    /** What was delivered before comes first; the wire is closed at once. */
    void fail(TransportFailure failure) {
        last(to -> to.onFailure(failure));
        closeWire.run();
    }

    /** Whether this call has cancelled the exchange. */
    boolean cancel() {
        boolean first = state.compareAndSet(State.OPEN, State.CANCELLED);
        if (first) {
            listener = null;
            withdraw();
            closeWire.run();
        }
        return first;
    }

    boolean isCancelled() {
        return state.get() == State.CANCELLED;
    }

    boolean isOver() {
        return state.get() != State.OPEN;
    }

    /** Runs something else in the order of this exchange's deliveries. */
    void deliver(Runnable task) {
        lane.execute(() -> guarded(task));
    }

    private void tell(Consumer<TransportListener> call) {
        TransportListener open = listener;
        if (open != null) {
            call.accept(open);
        }
    }

    private void last(Consumer<TransportListener> lastCall) {
        lane.execute(() -> end(lastCall));
    }

    private void end(Consumer<TransportListener> lastCall) {
        if (state.compareAndSet(State.OPEN, State.OVER)) {
            TransportListener open = listener;
            listener = null;
            withdraw();
            if (open != null) {
                tellEnd(open, lastCall);
            }
        }
    }

    /** Whoever is told nothing waits for ever: what an end throws is an end as well. */
    private void tellEnd(TransportListener open, Consumer<TransportListener> lastCall) {
        try {
            lastCall.accept(open);
        } catch (Throwable e) {
            closeWire.run();
            try {
                open.onFailure(new TransportFailure(Kind.OTHER, null, e));
            } catch (Throwable again) {
                if (again != e) {
                    e.addSuppressed(again);
                }
            }
            LOG.error("The end of an exchange has thrown", e);
        }
    }

    private void guarded(Runnable task) {
        if (isOver()) {
            return;
        }
        try {
            task.run();
        } catch (Throwable e) {
            broken(e);
        }
    }

    /** A listener that throws can't go on; the connection must not stay open for nobody. */
    private void broken(Throwable e) {
        closeWire.run();
        Kind kind = e instanceof ContentCoding.Undecodable ? Kind.CODING : Kind.OTHER;
        end(to -> to.onFailure(new TransportFailure(kind, null, e)));
    }

    private void rejected() {
        closeWire.run();
        OwnThreads.run(() -> end(to -> to.onFailure(new TransportFailure(Kind.REJECTED, null, null))));
    }
}
