package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP clients, proxy selectors and executors of users that throw anything: an error in time, for the side endpoints as well. */
@Timeout(60)
class HostileClientTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    static Stream<Throwable> kinds() {
        return Stream.of(
                new IllegalStateException("broken"),
                new AssertionError("broken"),
                new StackOverflowError("broken"),
                new NoClassDefFoundError("broken"),
                new IOException("checked, and declared nowhere"));
    }

    private DeepSeekChatModel.Builder model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE);
    }

    private DeepSeekModelCatalog.Builder catalog() {
        return DeepSeekModelCatalog.builder().baseUrl(deepSeek.baseUrl()).apiKey("test");
    }

    private static void assertFailsWith(Throwable thrown, Runnable call) {
        Throwable failure = catchThrowable(call::run);
        assertThat(failure)
                .isInstanceOf(ConnectionFailedException.class)
                .cause()
                .matches(cause -> isOf(cause, thrown));
    }

    /** A proxy selector's is wrapped by the JDK's client. */
    private static boolean isOf(Throwable cause, Throwable thrown) {
        return cause == thrown || cause.getCause() == thrown;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_fail_when_the_client_throws_at_once(Throwable thrown) {
        HttpClientBuilder client = new Client(thrown, false);

        assertFailsWith(thrown, () -> model().httpClientBuilder(client).build().chat("Hi"));
        assertFailsWith(
                thrown, () -> catalog().httpClientBuilder(client).build().listModels());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_fail_when_the_clients_stream_throws(Throwable thrown) {
        HttpClientBuilder client = new Client(thrown, true);

        assertThat(catchThrowable(
                        () -> model().httpClientBuilder(client).build().chat("Hi")))
                .hasRootCause(thrown);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_fail_when_the_proxy_selector_throws(Throwable thrown) {
        ProxySelector selector = new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return HostileClientTest.<List<Proxy>, RuntimeException>sneak(thrown);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException error) {}
        };

        assertThat(catchThrowable(() -> model().proxy(selector).build().chat("Hi")))
                .isInstanceOf(ConnectionFailedException.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_fail_when_the_executor_of_a_side_endpoint_throws(Throwable thrown) {
        Executor throwing = task -> HostileClientTest.<Void, RuntimeException>sneak(thrown);

        assertThatThrownBy(() -> catalog().executor(throwing).build().listModels())
                .isInstanceOf(ConnectionFailedException.class);
    }

    @Test
    void should_keep_the_limit_of_a_side_endpoint_on_an_executor_that_drops_tasks() {
        assertThatThrownBy(() -> catalog()
                        .executor(task -> {})
                        .timeouts(
                                Timeouts.custom().total(Duration.ofMillis(200)).build())
                        .build()
                        .listModels())
                .isInstanceOf(DeepSeekTimeoutException.class);
    }

    private static <V, T extends Throwable> V sneak(Throwable thrown) throws T {
        @SuppressWarnings("unchecked")
        T unchecked = (T) thrown;
        throw unchecked;
    }

    /** LangChain4j's SPI, which throws. */
    private record Client(Throwable thrown, boolean inTheStream) implements HttpClientBuilder, HttpClient {

        @Override
        public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
            if (!inTheStream) {
                HostileClientTest.<Void, RuntimeException>sneak(thrown);
            }
            listener.onOpen(SuccessfulHttpResponse.builder().statusCode(200).build());
            parser.parse(
                    new InputStream() {
                        @Override
                        public int read() {
                            return HostileClientTest.<Integer, RuntimeException>sneak(thrown);
                        }

                        @Override
                        public int read(byte[] bytes, int offset, int length) {
                            return read();
                        }
                    },
                    listener);
        }

        @Override
        public SuccessfulHttpResponse execute(HttpRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return this;
        }
    }
}
