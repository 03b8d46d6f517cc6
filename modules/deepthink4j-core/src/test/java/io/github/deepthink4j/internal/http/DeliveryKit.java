package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener may count on: nothing is read ahead of it, and it holds up nobody but itself. */
@Timeout(120)
public abstract class DeliveryKit {

    private final WireServer deepSeek = new WireServer();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    /**
     * @param executor what listeners are called on; {@code null} for the transport's own way
     */
    protected abstract Transport transport(Scheduler scheduler, @Nullable Executor executor);

    private Transport transport() {
        return transport(Scheduler.SYSTEM, null);
    }

    @Test
    void should_read_nothing_ahead_of_a_paused_listener() throws Exception {
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
            call[0] = transport()
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
    protected void should_not_let_a_blocked_callback_hold_up_others() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Collected blocked = new Collected() {
            @Override
            public void onBytes(ByteBuffer buffer) {
                super.onBytes(buffer);
                awaitStart(release);
            }
        };
        Transport transport = transport();
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
        Transport transport = transport(Scheduler.SYSTEM, executor);
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

        transport().send(deepSeek.request(Timeouts.DEFAULT), collected);

        assertThat(collected.await().failure.kind()).isEqualTo(Kind.OTHER);
        assertThat(collected.failure.cause()).hasMessage("mine");
        deepSeek.awaitNoAnswerRunning();
    }
}
