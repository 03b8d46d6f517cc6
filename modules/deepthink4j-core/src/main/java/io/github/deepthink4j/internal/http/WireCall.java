package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.settings.Timeouts;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange is over any HTTP client: a delivery, a clock and a gate. When it is over it holds on to nothing of whoever
 * began it, since an idle connection of the JDK's client holds on to the exchange that it has served.
 */
// Nothing is called on what escapes before a subclass has begun its call.
@SuppressWarnings("this-escape")
public abstract class WireCall implements TransportCall {

    /** Servers end a body with its last bytes, or a round trip later; who takes longer has kept the connection open for nothing. */
    static final Duration DRAINING = Duration.ofSeconds(1);

    private static final int SUCCESS = 2;

    private static final int MOST_DRAINED_BYTES = 64 * 1024;

    final Timeouts timeouts;
    final Delivery delivery;
    final Watchdog watchdog;
    private final Scheduler scheduler;
    final PauseGate gate = new PauseGate(this::readMore);

    /** Once for all: it is handed over with each piece. */
    private final Runnable ready = gate::ready;

    /** Whether the head of the response has come. */
    volatile boolean responded;

    private volatile boolean refused;

    private volatile boolean draining;
    private final AtomicInteger drainedBytes = new AtomicInteger();

    protected WireCall(
            Timeouts timeouts, TransportListener listener, @Nullable Executor executor, Scheduler scheduler) {
        this.timeouts = timeouts;
        this.delivery = new Delivery(new ContentCoding(new DeclaredCharset(listener)), executor, this::closeWire);
        this.watchdog = new Watchdog(timeouts, this::timedOut, scheduler);
        this.scheduler = scheduler;
    }

    /** Before anything is sent: the clock runs. */
    protected final void begin() {
        Duration total = timeouts.total();
        if (total != null) {
            delivery.endWithin(total, new TransportFailure(Kind.TOTAL_TIMEOUT, total, null), scheduler);
        }
        watchdog.start();
    }

    /** Lets the next bytes come. */
    protected abstract void readMore();

    /** Closes the connection, also one that is still to come; may be called several times, from any thread. */
    protected abstract void closeWire();

    /** The head of the response has come. */
    protected final void responded(int status, Map<String, List<String>> headers) {
        responded = true;
        if (status / 100 != SUCCESS) {
            refused = true;
            watchdog.refused();
        }
        delivery.response(status, headers);
    }

    /** Of a refusal the status is told, with what of its words has come. */
    private void timedOut(TransportFailure failure) {
        if (refused) {
            watchdog.stop();
            delivery.completeAsItIs();
        } else {
            delivery.fail(failure);
        }
    }

    /** Some of the body has come; the next is asked for by {@link #readMore()}, when the listener has had it. */
    protected final void received(List<ByteBuffer> buffers) {
        watchdog.received();
        delivery.bytes(buffers, ready);
    }

    /** The listener may have some of the body. */
    protected final void askForMore() {
        gate.ready();
    }

    /** More is asked for from the server now, on whose silence the clock runs. */
    protected final void waiting() {
        watchdog.waiting();
    }

    /** The body has ended as HTTP says it must. */
    protected final void completed() {
        watchdog.stop();
        delivery.complete();
    }

    /** The connection is being closed: the clock need not run on. */
    protected final void stopped() {
        watchdog.stop();
    }

    protected final boolean isOver() {
        return delivery.isOver();
    }

    protected final void failed(Throwable error) {
        watchdog.stop();
        delivery.fail(Failures.of(error, responded, timeouts));
    }

    /** Reads on at once, not when the listener returns: its last callback may take long, or send the next request. */
    @Override
    public final void drain() {
        draining = true;
        watchdog.drain(DRAINING, this::giveUp);
        readMore();
    }

    protected final boolean isDraining() {
        return draining;
    }

    /** Some bytes that nobody wants have come: reads on, unless they are too many. */
    protected final void drained(int bytes) {
        if (drainedBytes.addAndGet(bytes) > MOST_DRAINED_BYTES) {
            giveUp();
        } else {
            readMore();
        }
    }

    private void giveUp() {
        delivery.cancel();
    }

    @Override
    public final void pause() {
        gate.shut();
    }

    @Override
    public final void resume() {
        gate.open();
    }

    @Override
    public final void cancel() {
        delivery.cancel();
    }

    @Override
    public final void abort() {
        TransportFailure closed = new TransportFailure(Kind.CLOSED, null, null);
        delivery.fail(closed);
        delivery.endWithin(Duration.ZERO, closed, scheduler);
    }

    @Override
    public final boolean isCancelled() {
        return delivery.isCancelled();
    }
}
