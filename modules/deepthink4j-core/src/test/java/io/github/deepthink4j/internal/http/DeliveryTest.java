package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a listener may count on: nothing is read ahead of it, and it holds up nobody but itself. */
@Timeout(120)
class DeliveryTest {

    private final WireServer deepSeek = new WireServer();

    @AfterEach
    void close() {
        deepSeek.close();
    }

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

    @ParameterizedTest
    @MethodSource("io.github.deepthink4j.internal.http.TransportTest#transports")
    void should_read_nothing_ahead_of_a_paused_listener(Supplier<Transport> transport) throws Exception {
        int megabytes = 64;
        try (ServerSocket server = new ServerSocket(0)) {
            CountDownLatch sent = new CountDownLatch(1);
            Thread thread = new Thread(() -> sendMegabytes(server, megabytes, sent));
            thread.start();
            CountDownLatch paused = new CountDownLatch(1);
            TransportCall[] call = new TransportCall[1];
            CountDownLatch started = new CountDownLatch(1);
            Collected collected = new Collected() {
                @Override
                public void onBytes(ByteBuffer buffer) {
                    super.onBytes(buffer);
                    if (paused.getCount() > 0) {
                        awaitStart(started);
                        call[0].pause();
                        paused.countDown();
                    }
                }
            };
            call[0] = transport
                    .get()
                    .send(
                            WireServer.request("http://127.0.0.1:" + server.getLocalPort() + "/x", Timeouts.DEFAULT),
                            collected);
            started.countDown();
            paused.await();
            Thread.sleep(300);

            int whilePaused = collected.bytes.size();
            assertThat(sent.getCount()).as("the server can't have sent it all").isEqualTo(1);
            call[0].resume();
            collected.await();

            assertThat(whilePaused).isLessThan(1 << 20);
            assertThat(collected.bytes.size()).isEqualTo(megabytes << 20);
        }
    }

    private static void awaitStart(CountDownLatch started) {
        try {
            started.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sendMegabytes(ServerSocket server, int megabytes, CountDownLatch sent) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[64 * 1024]);
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + (megabytes << 20)
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                socket.getOutputStream().write(megabyte);
            }
            socket.getOutputStream().flush();
            sent.countDown();
            // Closing with unread bytes of the request would reset the connection.
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void should_hold_no_thread_for_a_silent_stream() throws Exception {
        int streams = 300;
        Transport transport = JdkTransport.builder().build();
        List<Collected> all = new ArrayList<>();
        List<TransportCall> calls = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            deepSeek.respond(Answer.thinking("a thought of some length").fault(Fault.STALL_SILENT));
        }
        for (int i = 0; i < streams; i++) {
            Collected collected = new Collected();
            all.add(collected);
            calls.add(transport.send(deepSeek.request(Timeouts.DEFAULT), collected));
        }
        for (Collected collected : all) {
            collected.firstBytes.await();
        }

        long delivering = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("deepthink4j-"))
                .filter(thread -> thread.getState() == Thread.State.RUNNABLE)
                .count();
        assertThat(delivering).isLessThan(20);
        calls.forEach(TransportCall::cancel);
        deepSeek.awaitNoAnswerRunning();
    }

    @Test
    void should_not_let_a_blocked_callback_hold_up_others() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Collected blocked = new Collected() {
            @Override
            public void onBytes(ByteBuffer buffer) {
                super.onBytes(buffer);
                awaitStart(release);
            }
        };
        Transport transport = JdkTransport.builder().build();
        deepSeek.respond(Answer.text("a"), Answer.text("b"));
        transport.send(deepSeek.request(Timeouts.DEFAULT), blocked);
        blocked.firstBytes.await();
        Collected other = new Collected();

        transport.send(deepSeek.request(Timeouts.DEFAULT), other);

        assertThat(other.await().text()).contains("[DONE]");
        release.countDown();
        assertThat(blocked.await().text()).contains("[DONE]");
    }

    @Test
    void should_call_back_on_the_users_executor_and_say_when_it_refuses() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2, task -> new Thread(task, "users-own"));
        Transport transport = JdkTransport.builder().executor(executor).build();
        Collected collected = new Collected();
        Collected rejected = new Collected();

        transport.send(deepSeek.request(Timeouts.DEFAULT), collected);
        collected.await();
        executor.shutdown();
        transport.send(deepSeek.request(Timeouts.DEFAULT), rejected);
        rejected.await();

        assertThat(collected.threads).allMatch(thread -> thread.getName().equals("users-own"));
        assertThat(collected.overlapped).isFalse();
        assertThat(rejected.failure.kind()).isEqualTo(Kind.REJECTED);
    }

    @Test
    void should_fail_once_when_the_listener_throws() throws Exception {
        Collected collected = new Collected() {
            @Override
            public void onBytes(ByteBuffer buffer) {
                throw new IllegalStateException("mine");
            }
        };
        deepSeek.respond(Answer.text("word ".repeat(1000)).pause(Duration.ofMillis(5)));

        JdkTransport.builder().build().send(deepSeek.request(Timeouts.DEFAULT), collected);

        assertThat(collected.await().failure.kind()).isEqualTo(Kind.OTHER);
        assertThat(collected.failure.cause()).hasMessage("mine");
        deepSeek.awaitNoAnswerRunning();
    }
}
