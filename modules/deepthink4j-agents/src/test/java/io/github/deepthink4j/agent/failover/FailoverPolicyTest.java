package io.github.deepthink4j.agent.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.InsufficientBalanceException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other vendors' modules throw, wrapped in all that has been seen around it. */
class FailoverPolicyTest {

    private final FailoverPolicy policy = new FailoverPolicy(false);

    /** As a vendor's module has one of its own. */
    private static final class VendorException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        VendorException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final List<Function<Throwable, Throwable>> WRAPPERS = List.of(
            error -> error,
            RuntimeException::new,
            CompletionException::new,
            ExecutionException::new,
            LangChain4jException::new,
            UndeclaredThrowableException::new,
            InvocationTargetException::new,
            error -> new VendorException("request failed", error),
            error -> new IllegalStateException("request failed", error),
            error -> new RuntimeException(new CompletionException(new ExecutionException(error))),
            error -> new LangChain4jException(new UncheckedIOException(new IOException("while reading", error))));

    private static Stream<Arguments> wrapped(Throwable... errors) {
        return Stream.of(errors).flatMap(error -> WRAPPERS.stream().map(wrapper -> Arguments.of(wrapper.apply(error))));
    }

    static Stream<Arguments> connectionFailures() {
        return wrapped(
                new ConnectException(),
                new ConnectException("Connection refused"),
                new UnknownHostException("llm.internal"),
                new SocketException("Connection reset"),
                new SocketTimeoutException("Read timed out"),
                new HttpTimeoutException("request timed out"),
                new HttpConnectTimeoutException("HTTP connect timed out"),
                new InterruptedIOException("timeout"),
                new EOFException("EOF reached while reading"),
                new IOException("closed"),
                new IOException("HTTP/1.1 header parser received no bytes"),
                new ClosedChannelException(),
                new UnresolvedAddressException(),
                new SSLHandshakeException("handshake_failure"),
                new TimeoutException(),
                new dev.langchain4j.exception.TimeoutException("slow"),
                new LangChain4jException("closed"),
                new LangChain4jException("java.io.IOException: closed"),
                new RuntimeException("Connection reset by peer"),
                new VendorException("unexpected end of stream on http://localhost/...", null),
                new RateLimitException("slow down"),
                new InternalServerException("busy"),
                new UnresolvedModelServerException("who?"),
                new HttpException(500, "what?"),
                new HttpException(503, "busy"),
                new HttpException(429, "slow down"),
                new InvalidRequestException(new HttpException(425, "too early")));
    }

    @ParameterizedTest
    @MethodSource("connectionFailures")
    void should_ask_another_part_after_a_failure_of_the_connection_whatever_it_is_wrapped_in(Throwable error) {
        assertThat(policy.failsOver(error)).isTrue();
    }

    static Stream<Arguments> others() {
        return wrapped(
                        new InvalidRequestException("what?"),
                        new AuthenticationException("who?"),
                        new ModelNotFoundException("where?"),
                        new ContentFilteredException("no"),
                        new UnsupportedFeatureException("no tools"),
                        new InvalidRequestException("bad", new IOException("of the body")),
                        new HttpException(400, "bad"),
                        new HttpException(402, "no money"),
                        new HttpException(404, "where?"),
                        new CancellationException("cancelled"),
                        new CallInterruptedException("interrupted", ErrorDetails.NONE, null),
                        new ClosedByInterruptException(),
                        new ConnectionFailedException(
                                "full", ErrorDetails.NONE, null, ConnectionFailedException.Reason.EXECUTOR),
                        new IllegalArgumentException("the closed interval [0, 2]"),
                        // The JDK has more exact types for what these words say.
                        new IllegalStateException("connection reset"),
                        new StackOverflowError(),
                        new NullPointerException())
                .filter(arguments -> !(arguments.get()[0] instanceof LangChain4jException around
                        && around.getCause() instanceof UncheckedIOException));
    }

    @ParameterizedTest
    @MethodSource("others")
    void should_not_ask_another_part_after_any_other(Throwable error) {
        assertThat(policy.failsOver(error)).isFalse();
    }

    @Test
    void should_not_ask_another_part_for_somebody_who_was_interrupted_or_for_a_file_of_ones_own() {
        assertThat(policy.failsOver(new RuntimeException(new InterruptedException())))
                .isFalse();
        assertThat(policy.failsOver(new UncheckedIOException(new InterruptedIOException("interrupted"))))
                .isFalse();
        assertThat(policy.failsOver(new UncheckedIOException(new NoSuchFileException("cat.png"))))
                .isFalse();
        assertThat(policy.failsOver(new UncheckedIOException(new FileNotFoundException("cat.png"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it is closed on Sundays",
                "the answer was refused",
                "the schema's interval must be closed",
                "eofficial is no model",
                "",
            })
    void should_not_take_any_words_for_a_connection(String words) {
        assertThat(policy.failsOver(new LangChain4jException(words))).isFalse();
        assertThat(policy.failsOver(new LangChain4jException((String) null))).isFalse();
    }

    @Test
    void should_not_walk_in_a_ring_of_causes() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(policy.failsOver(first)).isFalse();
    }

    @Test
    void should_heed_an_empty_account_only_when_told_to() {
        Throwable broke = new CompletionException(new InvalidRequestException(new HttpException(402, "no money")));

        assertThat(policy.failsOver(broke)).isFalse();
        assertThat(new FailoverPolicy(true).failsOver(broke)).isTrue();

        Throwable own = new InsufficientBalanceException("no money", ErrorDetails.NONE, null);
        assertThat(policy.failsOver(own)).isFalse();
        assertThat(new FailoverPolicy(true).failsOver(own)).isTrue();
    }
}
