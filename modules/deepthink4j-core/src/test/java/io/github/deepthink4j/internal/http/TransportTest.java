package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
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

    /** The SPI's client is told its timeouts when it is built, for all requests. */
    private static final Timeouts SHORT_FOR_SPI = Timeouts.custom()
            .firstByte(Duration.ofSeconds(1))
            .idle(Duration.ofSeconds(1))
            .build();

    private static final Duration SHORT = Duration.ofMillis(300);

    private final WireServer deepSeek = new WireServer();

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

    @ParameterizedTest
    @MethodSource("transports")
    void should_deliver_response_bytes_and_end(Supplier<Transport> transport) throws Exception {
        deepSeek.respond(Answer.thinking("So").thenText("Yes").keepAlives(3));
        Collected collected = new Collected();

        transport.get().send(deepSeek.request(Timeouts.DEFAULT), collected);
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

        transport.get().send(deepSeek.request(Timeouts.DEFAULT), collected);
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

        transport.get().send(deepSeek.request(limits(kind)), collected);
        collected.await();

        assertThat(collected.failure.kind()).isEqualTo(kind);
        assertThat(collected.lastCalls).hasValue(1);
        deepSeek.awaitNoAnswerRunning();
    }

    /** Only the limit that is meant is short, so that a busy machine runs into no other. */
    private static Timeouts limits(Kind kind) {
        return switch (kind) {
            case FIRST_BYTE_TIMEOUT -> Timeouts.custom().firstByte(SHORT).build();
            case IDLE_TIMEOUT -> Timeouts.custom().idle(SHORT).build();
            default -> Timeouts.DEFAULT;
        };
    }

    @ParameterizedTest
    @MethodSource("transports")
    void should_bound_the_whole_even_with_keep_alives(Supplier<Transport> transport) throws Exception {
        deepSeek.respond(Answer.thinking("a thought of some length").fault(Fault.STALL_WITH_KEEP_ALIVES));
        Collected collected = new Collected();

        transport
                .get()
                .send(
                        deepSeek.request(
                                Timeouts.custom().total(Duration.ofSeconds(1)).build()),
                        collected);
        collected.await();

        assertThat(collected.failure.kind()).isEqualTo(Kind.TOTAL_TIMEOUT);
        assertThat(collected.failure.limit()).isEqualTo(Duration.ofSeconds(1));
        deepSeek.awaitNoAnswerRunning();
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

        transport.get().send(WireServer.request("http://127.0.0.1:" + free + "/x", Timeouts.DEFAULT), refused);
        transport.get().send(WireServer.request("http://no-such-host.invalid/x", Timeouts.DEFAULT), unknown);
        try (ServerSocket server = new ServerSocket(0)) {
            Thread thread = new Thread(() -> refuseTheHandshake(server));
            thread.start();
            transport
                    .get()
                    .send(
                            WireServer.request("https://127.0.0.1:" + server.getLocalPort() + "/x", Timeouts.DEFAULT),
                            notTls);
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
        TransportCall call = transport.get().send(deepSeek.request(Timeouts.DEFAULT), collected);
        collected.firstBytes.await();

        call.cancel();
        call.cancel();

        deepSeek.awaitNoAnswerRunning();
        assertThat(deepSeek.lastRequest().cancelled()).isTrue();
        assertThat(call.isCancelled()).isTrue();
        assertThat(collected.lastCalls).hasValue(0);
    }

    @Test
    void should_stop_at_a_cancel_before_the_response() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        Collected collected = new Collected();
        TransportCall call = JdkTransport.builder().build().send(deepSeek.request(Timeouts.DEFAULT), collected);
        while (deepSeek.runningAnswers() == 0) {
            Thread.sleep(5);
        }

        call.cancel();

        deepSeek.awaitNoAnswerRunning();
        assertThat(collected.lastCalls).hasValue(0);
    }

    @Test
    void should_never_follow_a_redirect() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.REDIRECT_ELSEWHERE));
        Collected collected = new Collected();

        JdkTransport.builder().build().send(deepSeek.request(Timeouts.DEFAULT), collected);

        assertThat(collected.await().status).isEqualTo(302);
        HttpClient follower = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThatThrownBy(() -> JdkTransport.builder().httpClient(follower))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redirects");
    }

    @Test
    void should_show_no_secret() {
        TransportRequest request = deepSeek.request(Timeouts.DEFAULT);

        assertThat(request.toString()).doesNotContain("sk-secret").contains("Authorization=***");
        assertThat(PlainHttp.exposesKey(request)).isFalse();
        assertThat(PlainHttp.exposesKey(WireServer.request("http://api.example.com/x", Timeouts.DEFAULT)))
                .isTrue();
        assertThat(PlainHttp.exposesKey(WireServer.request("http://127.0.0.1.example.com/x", Timeouts.DEFAULT)))
                .isTrue();
        assertThat(PlainHttp.exposesKey(WireServer.request("https://api.example.com/x", Timeouts.DEFAULT)))
                .isFalse();
    }
}
