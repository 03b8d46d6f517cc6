package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.internal.http.TransportListener;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.internal.http.WireCall;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over Netty. What has come is copied into one array, which the listener reads while nothing else is asked of the
 * connection: nothing is made for a piece, and no buffer of Netty's leaves its loop, so that none can be lost.
 */
final class NettyCall extends WireCall {

    /** As the JDK's client has it by default: what a server may have begun to do is not asked for twice without being told so. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD");

    /** An event of a stream, or a few. */
    private static final int FIRST_ARRAY_BYTES = 1024;

    private final TransportRequest request;
    private final CurrentLoop loop;
    private final Dialer dialer;
    private final Runnable more = this::more;

    private final Object lock = new Object();
    private @Nullable Wire wire;
    private boolean closed;

    private @Nullable Route route;
    private byte @Nullable [] head;

    // What follows belongs to the loop.
    private @Nullable Connection connection;
    private byte[] array = new byte[0];
    private List<ByteBuffer> lendable = List.of();
    private int filled;
    private int passedOver;
    private boolean lent;
    private boolean hasHead;
    private boolean wanted;
    private boolean ended;
    private boolean told;

    NettyCall(
            TransportRequest request,
            TransportListener listener,
            @Nullable Executor executor,
            Scheduler scheduler,
            CurrentLoop loop,
            Dialer dialer) {
        super(request.timeouts(), listener, executor, scheduler);
        this.request = request;
        this.loop = loop;
        this.dialer = dialer;
    }

    /**
     * Where to is asked on the caller's thread, as by the JDK's client, since a proxy selector may look it up; nothing is told there,
     * even if that is the loop's own.
     */
    void start() {
        begin();
        try {
            Route to = Route.to(request.uri(), dialer.proxies());
            head = RequestHead.of(request, to);
            route = to;
            loop.get().execute(() -> takeOrDial(to));
        } catch (Throwable e) {
            OwnThreads.run(() -> failed(e));
        }
    }

    private void takeOrDial(Route to) {
        Connection idle = dialer.pool().take(to);
        if (idle == null) {
            dial(to);
        } else {
            idle.onLoop(() -> idle.serve(this));
        }
    }

    private void dial(Route to) {
        Dialling dialling = new Dialling(dialer, to, this, loop.get());
        if (holds(dialling)) {
            dialling.start();
        }
    }

    /** The connection has gone before it was of any use. */
    void startAnew() {
        connection = null;
        Route to = route;
        if (to != null) {
            dial(to);
        }
    }

    /** Whether it is still wanted, and then how it is stopped. */
    boolean holds(Wire wire) {
        synchronized (lock) {
            if (!closed) {
                this.wire = wire;
            }
            return !closed;
        }
    }

    /** Its connection is there. */
    void runsOn(Connection connection) {
        this.connection = connection;
        loop.become(connection.loop());
    }

    boolean isIdempotent() {
        return IDEMPOTENT.contains(request.method());
    }

    byte[] head() {
        return head == null ? new byte[0] : head;
    }

    byte @Nullable [] body() {
        return request.body();
    }

    void head(int status, Map<String, List<String>> headers) {
        hasHead = true;
        responded(status, headers);
        askForMore();
    }

    void body(ByteBuf from, int length) {
        if (isDraining()) {
            from.skipBytes(length);
            passedOver += length;
            return;
        }
        if (lent || filled + length > array.length) {
            grow(length);
        }
        from.readBytes(array, filled, length);
        filled += length;
    }

    /** An array that the listener reads is left to him. */
    private void grow(int length) {
        int kept = lent ? 0 : filled;
        byte[] larger = new byte[Math.max(FIRST_ARRAY_BYTES, Math.max(2 * array.length, kept + length))];
        System.arraycopy(array, 0, larger, 0, kept);
        array = larger;
        filled = kept;
        lendable = List.of(ByteBuffer.wrap(larger));
        lent = false;
    }

    /** Goes on with what has come so far. */
    void goOn() {
        if (ended) {
            deliverRest();
        } else if (passedOver > 0) {
            int bytes = passedOver;
            passedOver = 0;
            drained(bytes);
        } else if (wanted && filled > 0) {
            lend();
        } else if (wanted || !hasHead) {
            read();
        }
    }

    private void deliverRest() {
        if (wanted && filled > 0) {
            lend();
        }
        if (filled == 0 && !told) {
            told = true;
            completed();
        }
    }

    Duration connectLimit() {
        return request.timeouts().connect();
    }

    /** The response is over; its connection is another call's, or closed. */
    void ended() {
        connection = null;
        ended = true;
        goOn();
    }

    /** The connection has gone. */
    void lost(Throwable cause) {
        connection = null;
        failed(cause);
    }

    @Override
    protected void readMore() {
        if (!isOver()) {
            waiting();
            loop.executeIfRunning(more);
        }
    }

    /** The listener has had what came before, or wants no more. */
    private void more() {
        lent = false;
        wanted = true;
        if (isDraining()) {
            passedOver += filled;
            filled = 0;
        }
        Connection current = connection;
        if (current == null || !current.isReading()) {
            goOn();
        }
    }

    private void lend() {
        wanted = false;
        lent = true;
        ByteBuffer bytes = lendable.get(0);
        bytes.clear().limit(filled);
        filled = 0;
        received(lendable);
    }

    private void read() {
        Connection current = connection;
        if (current != null) {
            current.read();
        }
    }

    @Override
    protected void closeWire() {
        stopped();
        Wire current;
        synchronized (lock) {
            closed = true;
            current = wire;
            wire = null;
        }
        if (current != null) {
            current.abandon(this);
        }
    }
}
