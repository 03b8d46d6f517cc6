package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever throws, a delivery has one end. */
@Timeout(120)
class DeliveryTest {

    /** On a thread of ours and on an executor, where nobody would catch it. */
    @Test
    void should_tell_a_failure_where_the_end_has_thrown() throws Exception {
        for (Executor executor : Arrays.asList(null, (Executor) Runnable::run)) {
            AssertionError thrown = new AssertionError("at the end");
            CompletableFuture<TransportFailure> end = new CompletableFuture<>();
            Delivery delivery = new Delivery(
                    new Collected() {
                        @Override
                        public void onComplete() {
                            throw thrown;
                        }

                        @Override
                        public void onFailure(TransportFailure told) {
                            end.complete(told);
                        }
                    },
                    executor,
                    () -> {});

            delivery.complete();

            assertThat(end.get(20, TimeUnit.SECONDS).cause()).isSameAs(thrown);
        }
    }

    /** A client of the user's may throw when it is to close the connection, or to read on. */
    @Test
    void should_tell_the_end_although_the_connection_throws() throws Exception {
        Runnable throwing = () -> {
            throw new AssertionError("the connection");
        };
        for (boolean whileReading : new boolean[] {false, true}) {
            CompletableFuture<TransportFailure> end = new CompletableFuture<>();
            Delivery delivery = new Delivery(
                    new Collected() {
                        @Override
                        public void onFailure(TransportFailure told) {
                            end.complete(told);
                        }
                    },
                    null,
                    throwing);

            if (whileReading) {
                delivery.bytes(List.of(ByteBuffer.allocate(1)), throwing);
            } else {
                delivery.fail(new TransportFailure(Kind.OTHER, null, null));
            }

            assertThat(end.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.OTHER);
        }
    }

    /** A callback holds its stream up: the end comes after it, and not beside it. */
    @Test
    void should_run_the_last_task_after_one_that_runs_where_an_executor_is_given_up() throws Exception {
        SerialExecutor tasks = new SerialExecutor(task -> new Thread(task).start(), () -> {});
        CompletableFuture<Thread> begun = new CompletableFuture<>();
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Thread> last = new CompletableFuture<>();
        tasks.execute(() -> {
            begun.complete(Thread.currentThread());
            awaitStart(gate);
        });
        Thread running = begun.get(20, TimeUnit.SECONDS);
        tasks.execute(() -> last.completeExceptionally(new AssertionError("it was to be forgotten")));

        tasks.abandon(() -> last.complete(Thread.currentThread()));

        assertThat(last).isNotDone();
        gate.countDown();
        assertThat(last.get(20, TimeUnit.SECONDS)).isSameAs(running);
    }

    private static void awaitStart(CountDownLatch started) {
        try {
            started.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
