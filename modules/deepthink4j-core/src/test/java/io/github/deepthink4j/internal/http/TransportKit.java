package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every transport does: whoever brings one extends this. */
@Timeout(120)
public abstract class TransportKit {

    private static final Duration SHORT = Duration.ofMillis(300);

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
    void should_deliver_response_bytes_and_end() throws Exception {
        deepSeek.respond(Answer.thinking("So").thenText("Yes").keepAlives(3));
        Collected collected = new Collected();

        transport().send(deepSeek.request(Timeouts.DEFAULT), collected);
        collected.await();

        assertThat(collected.status).isEqualTo(200);
        assertThat(collected.text()).contains(": keep-alive").endsWith("data: [DONE]\n\n");
        assertThat(collected.lastCalls).hasValue(1);
        assertThat(collected.failure).isNull();
        assertThat(collected.overlapped).isFalse();
        assertThat(collected.threads).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void should_deliver_the_text_of_an_error() throws Exception {
        deepSeek.respond(Answer.error(402, "Insufficient Balance"));
        Collected collected = new Collected();

        transport().send(deepSeek.request(Timeouts.DEFAULT), collected);
        collected.await();

        assertThat(collected.status).isEqualTo(402);
        assertThat(collected.text()).contains("Insufficient Balance");
        assertThat(collected.failure).isNull();
    }

    static List<Arguments> faults() {
        return List.of(
                Arguments.of(Fault.CUT_IN_THOUGHT, Kind.CUT),
                Arguments.of(Fault.RESET_IN_ANSWER, Kind.CUT),
                Arguments.of(Fault.RESET, Kind.RESET),
                Arguments.of(Fault.STALL_BEFORE_HEADERS, Kind.FIRST_BYTE_TIMEOUT),
                Arguments.of(Fault.SLOW_HEADERS, Kind.FIRST_BYTE_TIMEOUT),
                Arguments.of(Fault.STALL_SILENT, Kind.IDLE_TIMEOUT));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void should_say_what_went_wrong(Fault fault, Kind kind) throws Exception {
        deepSeek.respond(
                Answer.thinking("a thought of some length").thenText("Yes").fault(fault));
        Collected collected = new Collected();

        transport().send(deepSeek.request(limits(kind)), collected);
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

    @Test
    void should_bound_the_whole_even_with_keep_alives() throws Exception {
        deepSeek.respond(Answer.thinking("a thought of some length").fault(Fault.STALL_WITH_KEEP_ALIVES));
        Collected collected = new Collected();

        transport()
                .send(
                        deepSeek.request(
                                Timeouts.custom().total(Duration.ofSeconds(1)).build()),
                        collected);
        collected.await();

        assertThat(collected.failure.kind()).isEqualTo(Kind.TOTAL_TIMEOUT);
        assertThat(collected.failure.limit()).isEqualTo(Duration.ofSeconds(1));
        deepSeek.awaitNoAnswerRunning();
    }

    @Test
    void should_tell_refused_from_unknown() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Collected refused = new Collected();
        Collected unknown = new Collected();
        Collected notTls = new Collected();

        transport().send(WireServer.request("http://127.0.0.1:" + free + "/x", Timeouts.DEFAULT), refused);
        transport().send(WireServer.request("http://no-such-host.invalid/x", Timeouts.DEFAULT), unknown);
        try (ServerSocket server = new ServerSocket(0)) {
            Thread thread = new Thread(() -> refuseTheHandshake(server));
            thread.start();
            transport()
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

    @Test
    void should_stop_at_a_cancel_in_mid_body() throws Exception {
        deepSeek.respond(Answer.text("word ".repeat(5000)).pause(Duration.ofMillis(10)));
        Collected collected = new Collected();
        TransportCall call = transport().send(deepSeek.request(Timeouts.DEFAULT), collected);
        collected.firstBytes.await();

        call.cancel();
        call.cancel();

        deepSeek.awaitNoAnswerRunning();
        assertThat(deepSeek.lastRequest().cancelled()).isTrue();
        assertThat(call.isCancelled()).isTrue();
        assertThat(collected.lastCalls).hasValue(0);
    }

    @Test
    void should_never_follow_a_redirect() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.REDIRECT_ELSEWHERE));
        Collected collected = new Collected();

        transport().send(deepSeek.request(Timeouts.DEFAULT), collected);

        assertThat(collected.await().status).isEqualTo(302);
    }
}
