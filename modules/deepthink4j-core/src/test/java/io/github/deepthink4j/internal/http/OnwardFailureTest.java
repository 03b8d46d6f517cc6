package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.settings.Timeouts;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnwardFailureTest {

    static Stream<Throwable> losses() {
        return Stream.of(
                new IOException("chunked", new EOFException("EOF reached")),
                new SocketException("Connection reset by peer"),
                new IOException("request failed", new IOException("Broken pipe")),
                new AsynchronousCloseException(),
                new EOFException());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void should_keep_the_text_and_the_place_but_not_the_type(Throwable loss) {
        Throwable told = OnwardFailure.of(loss);

        for (Throwable of = loss, at = told; of != null; of = of.getCause(), at = at.getCause()) {
            assertThat(at).isExactlyInstanceOf(OnwardFailure.class);
            assertThat(at.getMessage()).startsWith(of.getClass().getName());
            assertThat(at.getMessage()).doesNotContain("Broken pipe").doesNotContain("reset by peer");
            assertThat(at.getStackTrace()).isEqualTo(of.getStackTrace());
        }
        assertThat(told).hasMessageContaining(loss.getClass().getSimpleName());
    }

    @Test
    void should_keep_the_words() {
        assertThat(OnwardFailure.of(new SocketException("Connection reset by peer")))
                .hasMessage("java.net.SocketException: Connection reset by the peer");
        assertThat(OnwardFailure.of(new IOException("Broken pipe")))
                .hasMessage("java.io.IOException: the pipe is broken");
        assertThat(OnwardFailure.of(new IOException("early", new EOFException("EOF reached"))))
                .hasMessage("java.io.IOException: early")
                .hasRootCauseMessage("java.io.EOFException: EOF reached");
    }

    @Test
    void should_leave_what_nobody_takes_for_a_client() {
        Throwable other = new ConnectException("Connection refused").initCause(new ClosedChannelException());

        assertThat(OnwardFailure.of(other)).isSameAs(other);
    }

    @Test
    void should_end_with_causes_in_a_ring() {
        IOException one = new IOException("one");
        EOFException other = new EOFException("other");
        one.initCause(other);
        other.initCause(one);

        assertThat(OnwardFailure.of(one)).hasMessageContaining("one");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void should_stand_in_what_a_transport_tells(Throwable loss) {
        for (boolean responded : new boolean[] {true, false}) {
            TransportFailure failure = Failures.of(loss, responded, Timeouts.DEFAULT);

            assertThat(failure.kind()).isEqualTo(responded ? TransportFailure.Kind.CUT : TransportFailure.Kind.RESET);
            assertThat(failure.cause()).isInstanceOf(OnwardFailure.class);
        }
    }
}
