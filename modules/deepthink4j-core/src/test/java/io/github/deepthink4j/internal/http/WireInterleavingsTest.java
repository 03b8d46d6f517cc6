package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a call's threads share, under every interleaving that Lincheck's model checker finds in short runs: the wire's own
 * thread, the clock's, and users who cancel, pause and close.
 */
@Tag("interleavings")
class WireInterleavingsTest {

    private static void check(Class<?> shared) {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(0)
                .check(shared);
    }

    @Test
    void should_lose_no_wish_for_more_bytes_between_pauses() {
        check(Pauses.class);
    }

    @Test
    void should_run_each_task_once_and_one_at_a_time() {
        check(Lane.class);
    }

    @Test
    void should_have_one_end_and_keep_the_order_before_it() {
        check(Ends.class);
    }

    @Test
    void should_tell_all_that_runs_of_the_end_of_a_life() {
        check(Life.class);
    }

    /** A reader that asks once, gets once, and asks again, while users pause it and let it go on. */
    public static class Pauses {

        private int asked;
        private final PauseGate gate = new PauseGate(() -> {
            synchronized (this) {
                asked++;
            }
        });

        public Pauses() {
            gate.ready();
        }

        @Operation(nonParallelGroup = "wire")
        public void bytesCome() {
            synchronized (this) {
                if (asked == 0) {
                    return;
                }
                asked--;
            }
            gate.ready();
        }

        @Operation(nonParallelGroup = "users")
        public void pause() {
            gate.shut();
        }

        @Operation(nonParallelGroup = "users")
        public void resume() {
            gate.open();
        }

        @Validate
        public void asksForOneReadInTheEnd() {
            gate.open();
            if (asked != 1) {
                throw new IllegalStateException("asked for " + asked + " reads");
            }
        }
    }

    /** Tasks from several threads on an executor that runs them at once. */
    public static class Lane {

        private final SerialExecutor lane = new SerialExecutor(Runnable::run, () -> {});
        private int given;
        private volatile boolean busy;
        private volatile int run;
        private volatile boolean together;

        @Operation
        public void execute() {
            synchronized (this) {
                given++;
            }
            lane.execute(() -> {
                together |= busy;
                busy = true;
                run++;
                busy = false;
            });
        }

        @Validate
        public void hasRunAll() {
            if (together || run != given) {
                throw new IllegalStateException(run + " of " + given + " tasks have run, at a time: " + together);
            }
        }
    }

    /** One exchange that may end in four ways. */
    public static class Ends implements TransportListener {

        private final Delivery delivery = new Delivery(this, Runnable::run, () -> {});
        private final List<Integer> heard = new ArrayList<>();
        private int sent;
        private boolean wireEnded;
        private boolean failed;
        private int lastCalls;
        private int cancels;

        @Operation(nonParallelGroup = "wire")
        public void bytes() {
            if (!wireEnded) {
                byte[] next = {(byte) ++sent};
                delivery.bytes(List.of(ByteBuffer.wrap(next)), () -> {});
            }
        }

        @Operation(nonParallelGroup = "wire")
        public void complete() {
            wireEnded = true;
            delivery.complete();
        }

        @Operation(nonParallelGroup = "clock")
        public void fail() {
            failed = true;
            delivery.fail(new TransportFailure(Kind.IDLE_TIMEOUT, null, null));
        }

        @Operation
        public void cancel() {
            if (delivery.cancel()) {
                synchronized (this) {
                    cancels++;
                }
            }
        }

        @Validate
        public void hasOneEnd() {
            int ends = lastCalls + cancels;
            if (ends != (wireEnded || failed || cancels > 0 ? 1 : 0)) {
                throw new IllegalStateException(lastCalls + " last calls, " + cancels + " cancels");
            }
            for (int i = 0; i < heard.size(); i++) {
                if (heard.get(i) != i + 1) {
                    throw new IllegalStateException("heard " + heard);
                }
            }
        }

        @Override
        public void onResponse(int status, Map<String, List<String>> headers) {
            throw new IllegalStateException("none was sent");
        }

        @Override
        public void onBytes(ByteBuffer bytes) {
            heard.add((int) bytes.get(0));
        }

        @Override
        public void onComplete() {
            lastCalls++;
        }

        @Override
        public void onFailure(TransportFailure failure) {
            lastCalls++;
        }
    }

    /** Calls that begin and end while the model is closed. */
    public static class Life {

        private final Lifetime life = new Lifetime(new Transport() {
            @Override
            public TransportCall send(TransportRequest request, TransportListener listener) {
                throw new IllegalStateException("nothing is sent");
            }

            @Override
            public void close() {}
        });
        private final List<boolean[]> running = new ArrayList<>();
        private volatile boolean closed;

        @Operation
        public void begin() {
            boolean[] told = {false};
            try {
                life.begun(() -> told[0] = true);
            } catch (IllegalStateException e) {
                return;
            }
            synchronized (running) {
                running.add(told);
            }
        }

        @Operation
        public void close() {
            life.close();
            closed = true;
        }

        @Validate
        public void hasToldAll() {
            for (boolean[] told : running) {
                if (closed && !told[0]) {
                    throw new IllegalStateException("one that runs was not told of the end");
                }
            }
        }
    }
}
