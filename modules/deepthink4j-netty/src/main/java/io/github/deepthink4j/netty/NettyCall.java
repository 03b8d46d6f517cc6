package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.MultipartForm;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.internal.http.TransportListener;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.internal.http.WireCall;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over Netty. What comes is copied into one of two arrays, while the listener reads the other: nothing is made for a
 * piece, and no buffer of Netty's leaves its loop, so that none can be lost. A little is read ahead of the listener; to stop and
 * to go on with each piece would cost more than the piece.
 */
final class NettyCall extends WireCall {

    /** As the JDK's client has it by default: what a server may have begun to do is not asked for twice without being told so. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD");

    private final TransportRequest request;
    private final CurrentLoop loop;
    private final Dialer dialer;

    private final Object lock = new Object();
    private @Nullable Wire wire;
    private boolean closed;

    private @Nullable Route route;
    private byte @Nullable [] head;

    // Under the lock, between the loop and the listener.
    private ReadAhead ahead = new ReadAhead();
    private ReadAhead behind = new ReadAhead();
    private boolean wanted;
    private boolean isFull;
    private boolean ended;
    private @Nullable Throwable failure;
    private boolean told;

    // What follows belongs to the loop.
    private @Nullable Connection connection;
    private int passedOver;

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

    /** Sent in place of a body; {@code null} for none. */
    @Nullable
    MultipartForm form() {
        return request.form();
    }

    void head(int status, Map<String, List<String>> headers) {
        responded(status, headers);
        askForMore();
    }

    void body(ByteBuf from, int length) {
        if (isDraining()) {
            from.skipBytes(length);
            passedOver += length;
            return;
        }
        synchronized (lock) {
            ahead.add(from, length);
        }
    }

    /** All that has come just now has been taken apart. */
    void goOn() {
        if (passedOver > 0) {
            passOver();
            return;
        }
        if (tell()) {
            read();
        }
    }

    private void passOver() {
        int bytes = passedOver;
        passedOver = 0;
        drained(bytes);
    }

    /**
     * Lends what has come to the listener, if he waits for it, or tells him the end.
     *
     * @return whether more may be read
     */
    private boolean tell() {
        ReadAhead lent;
        boolean more;
        synchronized (lock) {
            lent = wanted ? take() : null;
            more = lent != null || !ahead.isFull();
            isFull = !more;
        }
        if (lent == null) {
            tellEnd();
        } else {
            received(lent.lend());
        }
        return more;
    }

    /** What has come, for the one who wants it; {@code null} if nothing has. Under the lock. */
    private @Nullable ReadAhead take() {
        if (ahead.isEmpty()) {
            return null;
        }
        ReadAhead taken = ahead;
        ahead = behind;
        behind = taken;
        wanted = false;
        return taken;
    }

    /** Behind all that has come, whether or not the listener waits for more. */
    private void tellEnd() {
        Throwable cause;
        synchronized (lock) {
            boolean isNow = ahead.isEmpty() && !told && (failure != null || ended && wanted);
            if (!isNow) {
                return;
            }
            told = true;
            cause = failure;
        }
        if (cause == null) {
            completed();
        } else {
            failed(cause);
        }
    }

    Duration connectLimit() {
        return request.timeouts().connect();
    }

    /** The response is over; its connection is another call's, or closed. */
    void ended() {
        connection = null;
        synchronized (lock) {
            ended = true;
        }
        tell();
    }

    /** The connection has gone. */
    void lost(Throwable cause) {
        connection = null;
        synchronized (lock) {
            failure = cause;
        }
        tell();
    }

    /** On the listener's thread, when he has had what he was lent: where more has come meanwhile, the loop need not be woken for it. */
    @Override
    protected void readMore() {
        if (isOver()) {
            return;
        }
        if (isDraining()) {
            waiting();
            loop.executeIfRunning(this::drainMore);
            return;
        }
        ReadAhead lent;
        boolean wasFull;
        synchronized (lock) {
            lent = take();
            wanted = lent == null;
            wasFull = isFull;
            isFull = false;
        }
        if (wasFull) {
            loop.executeIfRunning(this::read);
        }
        if (lent == null) {
            waiting();
            tellEnd();
        } else {
            received(lent.lend());
        }
    }

    /** The listener wants no more, but the connection may be of use to the next call. */
    private void drainMore() {
        synchronized (lock) {
            passedOver += ahead.forget();
            wanted = true;
        }
        if (passedOver > 0) {
            passOver();
        } else {
            tellEnd();
            read();
        }
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
