package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.DeliveryKit;
import io.github.deepthink4j.internal.http.DrainKit;
import io.github.deepthink4j.internal.http.EventDrivenKit;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.internal.http.TransportKit;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** All that core's own transports do. What blocks a callback for others is not tried on the event loop: it does. */
class NettyTransportTest {

    @Nested
    class HandedOver extends TransportKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return Wires.handedOver(scheduler, executor);
        }
    }

    @Nested
    class OnTheLoop extends TransportKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return Wires.onTheLoop(scheduler, executor);
        }
    }

    @Nested
    class Delivery extends DeliveryKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return Wires.handedOver(scheduler, executor);
        }
    }

    @Nested
    class EventsHandedOver extends EventDrivenKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return Wires.handedOver(scheduler, executor);
        }
    }

    @Nested
    class EventsOnTheLoop extends EventDrivenKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return Wires.onTheLoop(scheduler, executor);
        }
    }

    @Nested
    class Drain extends DrainKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return Wires.handedOver(scheduler, executor);
        }
    }
}
