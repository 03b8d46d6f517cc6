package io.github.deepthink4j.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.settings.Timeouts;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The faults of a connection that never comes about, which a simulator can not show. Whoever extends it has a method {@code ways} of
 * his own.
 */
@Timeout(60)
public abstract class ConnectionFaultKit {

    @ParameterizedTest
    @MethodSource("ways")
    void should_say_that_nobody_listens(Way way) throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Way.Told told = new Way.Told();

        Throwable error = way.call("http://127.0.0.1:" + free, Timeouts.DEFAULT, told);

        assertFailed(error, Reason.REFUSED, "Nothing listens", told);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void should_say_that_there_is_no_such_host(Way way) {
        Way.Told told = new Way.Told();

        Throwable error = way.call("https://no-such-host.invalid", Timeouts.DEFAULT, told);

        assertFailed(error, Reason.UNKNOWN_HOST, "There is no host", told);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void should_say_that_no_secure_connection_came_about(Way way) throws IOException {
        Way.Told told = new Way.Told();
        try (ServerSocket server = new ServerSocket(0)) {
            Thread thread = new Thread(() -> speakNoTls(server));
            thread.setDaemon(true);
            thread.start();

            Throwable error = way.call("https://127.0.0.1:" + server.getLocalPort(), Timeouts.DEFAULT, told);

            assertFailed(error, Reason.TLS, "No secure connection", told);
        }
    }

    private static void speakNoTls(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
            socket.getOutputStream().flush();
            socket.getInputStream().read(new byte[4096]);
        } catch (IOException e) {
            // The client hangs up when it sees that this is no TLS.
            return;
        }
    }

    private static void assertFailed(Throwable error, Reason reason, String message, Way.Told told) {
        assertThat(error).isExactlyInstanceOf(ConnectionFailedException.class).hasMessageContaining(message);
        GoneClients.assertNotTakenForOne(error);
        ConnectionFailedException failed = (ConnectionFailedException) error;
        assertThat(failed.code()).isEqualTo("connection_failed");
        assertThat(failed.reason()).isEqualTo(reason);
        assertThat(told.errors).hasValue(1);
        assertThat(told.responses).hasValue(0);
        assertThat(told.lastCalls).hasValueLessThanOrEqualTo(1);
    }
}
