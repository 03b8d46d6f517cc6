package io.github.deepthink4j.reactor;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound, where somebody uses it, which locks of the transport are none to worry about: those of timers, of lanes
 * and, within the JDK's HTTP client, of its selector are held for some instructions only. A thread that asks for more or
 * cancels may meet them, as those of Reactor's own schedulers.
 */
public final class ShortLocks implements BlockHoundIntegration {

    private static final String TRANSPORT = "io.github.deepthink4j.internal.http.";

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(TRANSPORT + "JdkCall", "start")
                .allowBlockingCallsInside(TRANSPORT + "JdkCall", "readMore")
                .allowBlockingCallsInside(TRANSPORT + "JdkCall", "closeWire")
                .allowBlockingCallsInside(TRANSPORT + "Watchdog", "schedule")
                .allowBlockingCallsInside(TRANSPORT + "Watchdog", "stop")
                .allowBlockingCallsInside(TRANSPORT + "Watchdog", "drain")
                .allowBlockingCallsInside(TRANSPORT + "DeliveryThreads", "execute")
                .allowBlockingCallsInside(TRANSPORT + "DeliveryThreads", "leaveTo")
                .allowBlockingCallsInside(TRANSPORT + "OwnThreads", "opened")
                .allowBlockingCallsInside(TRANSPORT + "OwnThreads", "closed")
                .allowBlockingCallsInside(TRANSPORT + "DeliveryThreads", "executeBlocking")
                .allowBlockingCallsInside(TRANSPORT + "DeliveryThreads$DeliveryThread", "next")
                .allowBlockingCallsInside(TRANSPORT + "Scheduler$1", "schedule")
                .allowBlockingCallsInside(TRANSPORT + "Scheduler$Unscheduling", "run");
    }
}
