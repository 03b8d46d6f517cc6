package io.github.deepthink4j.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.testkit.Answer;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.Fault;
import io.github.deepthink4j.testkit.Generation;
import io.github.deepthink4j.transport.TransportFailure.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class TransportTest {

    private static final String BODY = """
            {"model":"deepseek-flash","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    /** The SPI's client is told its timeouts when it is built, for all requests. */
    private static final Timeouts SHORT_FOR_SPI = Timeouts.custom()
            .firstByte(Duration.ofSeconds(1))
            .idle(Duration.ofSeconds(1))
            .build();

    private static final Timeouts SHORT = Timeouts.custom()
            .firstByte(Duration.ofMillis(300))
            .idle(Duration.ofMillis(300))
            .total(Duration.ofSeconds(20))
            .build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    static Stream<Supplier<Transport>> transports() {
        return Stream.of(
                () -> JdkTransport.builder().build(),
                () -> HttpClientTransport.builder(JdkHttpClient.builder())
                        .timeouts(SHORT_FOR_SPI)
                        .build());
    }

    private TransportRequest request(Timeouts timeouts) {
        return request(deepSeek.baseUrl() + "/chat/completions", timeouts);
    }

    private static TransportRequest request(String url, Timeouts timeouts) {
        return new TransportRequest(
                "POST",
                URI.create(url),
                Map.of("Authorization", "Bearer sk-secret-secret", "Content-Type", "application/json"),
                BODY.getBytes(StandardCharsets.UTF_8),
                timeouts);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void should_deliver_response_bytes_and_end(Supplier<Transport> transport) throws Exception {
        deepSeek.respond(Answer.thinking("So").thenText("Yes").keepAlives(3));
        Collected collected = new Collected();

        transport.get().send(request(Timeouts.DEFAULT), collected);
        collected.await();

        assertThat(collected.status).isEqualTo(200);
        assertThat(collected.text()).contains(": keep-alive").endsWith("data: [DONE]\n\n");
        assertThat(collected.lastCalls).hasValue(1);
        assertThat(collected.failure).isNull();
        assertThat(collected.overlapped).isFalse();
        assertThat(collected.threads).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void should_deliver_the_text_of_an_error(Supplier<Transport> transport) throws Exception {
        deepSeek.respond(Answer.error(402, "Insufficient Balance"));
        Collected collected = new Collected();

        transport.get().send(request(Timeouts.DEFAULT), collected);
        collected.await();

        assertThat(collected.status).isEqualTo(402);
        assertThat(collected.text()).contains("Insufficient Balance");
        assertThat(collected.failure).isNull();
    }

    static Stream<Arguments> faults() {
        return transports()
                .flatMap(transport -> Stream.of(
                        Arguments.of(transport, Fault.CUT_IN_THOUGHT, Kind.CUT),
                        Arguments.of(transport, Fault.RESET_IN_ANSWER, Kind.CUT),
                        Arguments.of(transport, Fault.RESET, Kind.RESET),
                        Arguments.of(transport, Fault.STALL_BEFORE_HEADERS, Kind.FIRST_BYTE_TIMEOUT),
                        Arguments.of(transport, Fault.SLOW_HEADERS, Kind.FIRST_BYTE_TIMEOUT),
                        Arguments.of(transport, Fault.STALL_SILENT, Kind.IDLE_TIMEOUT)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void should_say_what_went_wrong(Supplier<Transport> transport, Fault fault, Kind kind) throws Exception {
        deepSeek.respond(
                Answer.thinking("a thought of some length").thenText("Yes").fault(fault));
        Collected collected = new Collected();

        transport.get().send(request(SHORT), collected);
        collected.await();

        assertThat(collected.failure.kind()).isEqualTo(kind);
        assertThat(collected.lastCalls).hasValue(1);
        awaitNoAnswerRunning();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void should_bound_the_whole_even_with_keep_alives(Supplier<Transport> transport) throws Exception {
        deepSeek.respond(Answer.thinking("a thought of some length").fault(Fault.STALL_WITH_KEEP_ALIVES));
        Collected collected = new Collected();

        transport
                .get()
                .send(request(Timeouts.from(SHORT).total(Duration.ofSeconds(1)).build()), collected);
        collected.await();

        assertThat(collected.failure.kind()).isEqualTo(Kind.TOTAL_TIMEOUT);
        assertThat(collected.failure.limit()).isEqualTo(Duration.ofSeconds(1));
        awaitNoAnswerRunning();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void should_tell_refused_from_unknown(Supplier<Transport> transport) throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Collected refused = new Collected();
        Collected unknown = new Collected();
        Collected notTls = new Collected();

        transport.get().send(request("http://127.0.0.1:" + free + "/x", Timeouts.DEFAULT), refused);
        transport.get().send(request("http://no-such-host.invalid/x", Timeouts.DEFAULT), unknown);
        try (ServerSocket server = new ServerSocket(0)) {
            Thread thread = new Thread(() -> refuseTheHandshake(server));
            thread.start();
            transport
                    .get()
                    .send(request("https://127.0.0.1:" + server.getLocalPort() + "/x", Timeouts.DEFAULT), notTls);
            notTls.await();
        }

        assertThat(refused.await().failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(unknown.await().failure.kind()).isEqualTo(Kind.UNKNOWN_HOST);
        assertThat(notTls.await().failure.kind()).isEqualTo(Kind.TLS);
    }

    private static void refuseTheHandshake(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
            // An alert: fatal, handshake_failure.
            socket.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, 2, 40});
            socket.getOutputStream().flush();
            socket.getInputStream().read(new byte[4096]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void should_stop_at_a_cancel_in_mid_body(Supplier<Transport> transport) throws Exception {
        deepSeek.respond(Answer.text("word ".repeat(5000)).pause(Duration.ofMillis(10)));
        Collected collected = new Collected();
        TransportCall call = transport.get().send(request(Timeouts.DEFAULT), collected);
        collected.firstBytes.await();

        call.cancel();
        call.cancel();

        awaitNoAnswerRunning();
        assertThat(deepSeek.lastRequest().cancelled()).isTrue();
        assertThat(call.isCancelled()).isTrue();
        assertThat(collected.lastCalls).hasValue(0);
    }

    @Test
    void should_stop_at_a_cancel_before_the_response() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        Collected collected = new Collected();
        TransportCall call = JdkTransport.builder().build().send(request(Timeouts.DEFAULT), collected);
        while (deepSeek.runningAnswers() == 0) {
            Thread.sleep(5);
        }

        call.cancel();

        awaitNoAnswerRunning();
        assertThat(collected.lastCalls).hasValue(0);
    }

    @Test
    void should_never_follow_a_redirect() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.REDIRECT_ELSEWHERE));
        Collected collected = new Collected();

        JdkTransport.builder().build().send(request(Timeouts.DEFAULT), collected);

        assertThat(collected.await().status).isEqualTo(302);
        HttpClient follower = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThatThrownBy(() -> JdkTransport.builder().httpClient(follower))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redirects");
    }

    @ParameterizedTest
    @MethodSource("transports")
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
                    .send(request("http://127.0.0.1:" + server.getLocalPort() + "/x", Timeouts.DEFAULT), collected);
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
            calls.add(transport.send(request(Timeouts.DEFAULT), collected));
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
        awaitNoAnswerRunning();
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
        transport.send(request(Timeouts.DEFAULT), blocked);
        blocked.firstBytes.await();
        Collected other = new Collected();

        transport.send(request(Timeouts.DEFAULT), other);

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

        transport.send(request(Timeouts.DEFAULT), collected);
        collected.await();
        executor.shutdown();
        transport.send(request(Timeouts.DEFAULT), rejected);
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

        JdkTransport.builder().build().send(request(Timeouts.DEFAULT), collected);

        assertThat(collected.await().failure.kind()).isEqualTo(Kind.OTHER);
        assertThat(collected.failure.cause()).hasMessage("mine");
        awaitNoAnswerRunning();
    }

    @Test
    void should_show_no_secret() {
        TransportRequest request = request(Timeouts.DEFAULT);

        assertThat(request.toString()).doesNotContain("sk-secret").contains("Authorization=***");
        assertThat(PlainHttp.exposesKey(request)).isFalse();
        assertThat(PlainHttp.exposesKey(request("http://api.example.com/x", Timeouts.DEFAULT)))
                .isTrue();
        assertThat(PlainHttp.exposesKey(request("http://127.0.0.1.example.com/x", Timeouts.DEFAULT)))
                .isTrue();
        assertThat(PlainHttp.exposesKey(request("https://api.example.com/x", Timeouts.DEFAULT)))
                .isFalse();
    }

    private void awaitNoAnswerRunning() throws InterruptedException {
        while (deepSeek.runningAnswers() > 0) {
            Thread.sleep(5);
        }
    }
}
