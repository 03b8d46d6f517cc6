package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection outlives its answer only for as long as it can still be of use. */
@Timeout(120)
public abstract class DrainKit {

    /**
     * @param executor what listeners are called on; {@code null} for the transport's own way
     */
    protected abstract Transport transport(Scheduler scheduler, @Nullable Executor executor);

    /** Drains at the end of its answer; until it is let go on, its callback does not return. */
    private static final class Satisfied extends Collected {

        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch drained = new CountDownLatch(1);
        final CountDownLatch mayReturn = new CountDownLatch(1);
        TransportCall call;

        void runs(TransportCall running) {
            call = running;
            started.countDown();
        }

        @Override
        public void onBytes(ByteBuffer buffer) {
            super.onBytes(buffer);
            if (text().contains("data: [DONE]\n\n") && drained.getCount() > 0) {
                try {
                    started.await();
                    call.drain();
                    drained.countDown();
                    mayReturn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Test
    void should_close_a_connection_that_the_server_keeps_open() throws Exception {
        ManualScheduler time = new ManualScheduler();
        try (LingeringServer server = LingeringServer.thatFallsSilent();
                Transport transport = transport(time, null)) {
            Satisfied listener = new Satisfied();

            listener.runs(transport.send(server.request(), listener));
            listener.drained.await();
            listener.mayReturn.countDown();
            time.advance(WireCall.DRAINING.minusMillis(1));
            boolean atOnce = server.isClosedByClient();
            time.advance(Duration.ofMillis(1));
            server.awaitClosedByClient();

            assertThat(atOnce).isFalse();
            assertThat(listener.lastCalls).hasValue(0);
            assertThat(time.waiting()).isZero();
        }
    }

    /** With a clock that stands still, so that only the bytes can be too many. */
    @Test
    void should_not_read_for_ever_what_nobody_wants() throws Exception {
        try (LingeringServer server = LingeringServer.thatGoesOn();
                Transport transport = transport(new ManualScheduler(), null)) {
            Satisfied listener = new Satisfied();

            listener.runs(transport.send(server.request(), listener));
            listener.mayReturn.countDown();

            server.awaitClosedByClient();
            assertThat(listener.lastCalls).hasValue(0);
        }
    }

    @Test
    void should_free_a_connection_whose_body_has_ended_while_the_last_callback_still_runs() throws Exception {
        ManualScheduler time = new ManualScheduler();
        try (LingeringServer server = LingeringServer.thatEndsBodies();
                Transport transport = transport(time, null)) {
            Satisfied listener = new Satisfied();
            listener.runs(transport.send(server.request(), listener));
            listener.drained.await();

            while (server.reused() == 0) {
                Satisfied next = new Satisfied();
                next.mayReturn.countDown();
                next.runs(transport.send(server.request(), next));
                next.await();
            }

            listener.mayReturn.countDown();
            assertThat(listener.await().failure).isNull();
            assertThat(server.isClosedByClient()).isFalse();
            assertThat(time.waiting())
                    .as("what waits for a time that need not come")
                    .isZero();
        }
    }
}
