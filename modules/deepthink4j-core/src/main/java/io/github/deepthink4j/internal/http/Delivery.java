package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
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

    private final TransportListener listener;
    private final Runnable closeWire;
    private final Executor lane;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /**
     * @param executor  the user's; {@code null} for threads of our own
     * @param closeWire closes the connection; may be called several times, from any thread
     */
    Delivery(TransportListener listener, @Nullable Executor executor, Runnable closeWire) {
        this.listener = listener;
        this.closeWire = closeWire;
        this.lane = executor == null ? DeliveryThreads.SHARED.lane() : new SerialExecutor(executor, this::rejected);
    }

    void response(int status, Map<String, List<String>> headers) {
        deliver(() -> listener.onResponse(status, headers));
    }

    /**
     * @param afterwards asks for more, when the listener has returned
     */
    void bytes(List<ByteBuffer> buffers, Runnable afterwards) {
        lane.execute(() -> {
            for (ByteBuffer buffer : buffers) {
                if (buffer.hasRemaining()) {
                    guarded(() -> listener.onBytes(buffer));
                }
            }
            afterwards.run();
        });
    }

    void complete() {
        last(listener::onComplete);
    }

    /** What was delivered before comes first; the wire is closed at once. */
    void fail(TransportFailure failure) {
        last(() -> listener.onFailure(failure));
        closeWire.run();
    }

    /** Whether this call has cancelled the exchange. */
    boolean cancel() {
        boolean first = state.compareAndSet(State.OPEN, State.CANCELLED);
        if (first) {
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

    private void last(Runnable lastCall) {
        lane.execute(() -> {
            if (state.compareAndSet(State.OPEN, State.OVER)) {
                lastCall.run();
            }
        });
    }

    private void guarded(Runnable task) {
        if (isOver()) {
            return;
        }
        try {
            task.run();
        } catch (Throwable e) {
            // A listener that throws can't go on; the connection must not stay open for nobody.
            closeWire.run();
            if (state.compareAndSet(State.OPEN, State.OVER)) {
                listener.onFailure(new TransportFailure(Kind.OTHER, null, e));
            }
        }
    }

    private void rejected() {
        closeWire.run();
        DeliveryThreads.SHARED.lane().execute(() -> {
            if (state.compareAndSet(State.OPEN, State.OVER)) {
                listener.onFailure(new TransportFailure(Kind.REJECTED, null, null));
            }
        });
    }
}
