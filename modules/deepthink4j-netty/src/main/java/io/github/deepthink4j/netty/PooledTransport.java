package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.http.PlainHttp;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportListener;
import io.github.deepthink4j.internal.http.TransportRequest;
import java.lang.ref.Cleaner;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One model's connections over Netty. Those of a model that was dropped without being closed end with it. */
final class PooledTransport implements Transport {

    private static final Cleaner CLEANER = Cleaner.create();

    private final Dialer dialer;
    private final @Nullable Executor executor;
    private final boolean callbacksOnEventLoop;
    private final Scheduler scheduler;
    private final Cleaner.Cleanable connections;

    PooledTransport(Dialer dialer, @Nullable Executor executor, boolean callbacksOnEventLoop, Scheduler scheduler) {
        this.dialer = dialer;
        this.executor = executor;
        this.callbacksOnEventLoop = callbacksOnEventLoop;
        this.scheduler = scheduler;
        // The pool knows nothing of this transport, or it would never be let go of.
        this.connections = CLEANER.register(this, dialer.pool()::close);
        OwnThreads.opened(this);
    }

    @Override
    public TransportCall send(TransportRequest request, TransportListener listener) {
        PlainHttp.warn(request);
        CurrentLoop loop = new CurrentLoop(dialer.nextLoop());
        NettyCall call =
                new NettyCall(request, listener, callbacksOnEventLoop ? loop : executor, scheduler, loop, dialer);
        call.start();
        return call;
    }

    @Override
    public void close() {
        connections.clean();
        OwnThreads.closed(this);
    }
}
