package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.internal.http.TransportFactory;
import io.github.deepthink4j.internal.http.TransportSettings;
import io.github.deepthink4j.settings.HttpTransport;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a builder makes of a choice. */
final class Wires {

    private Wires() {}

    /** Callbacks are handed over to threads of ours. */
    static Transport handedOver(Scheduler scheduler, @Nullable Executor executor) {
        return made(NettyTransport.create(), scheduler, executor);
    }

    /** Callbacks run on the event loops, where there is no executor. */
    static Transport onTheLoop(Scheduler scheduler, @Nullable Executor executor) {
        return made(
                NettyTransport.builder().callbacksOnEventLoop(executor == null).build(), scheduler, executor);
    }

    private static Transport made(HttpTransport choice, Scheduler scheduler, @Nullable Executor executor) {
        return ((TransportFactory) choice).create(new TransportSettings(executor, null, null, scheduler));
    }
}
