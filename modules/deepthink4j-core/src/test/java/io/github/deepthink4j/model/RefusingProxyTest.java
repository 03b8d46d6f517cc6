package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.MalformedAnswerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that answers the request for a tunnel, and makes none: it is named, and the server behind it not blamed. */
@Timeout(60)
class RefusingProxyTest {

    private static DeepSeekChatModel through(ProxySelector proxy) {
        return DeepSeekChatModel.builder()
                .baseUrl("https://api.example.com")
                .apiKey("sk-test")
                .modelName("deepseek-flash")
                .proxy(proxy)
                .maxRetries(0)
                .build();
    }

    /** What a call says through a proxy with this answer. */
    private static Throwable told(String answer, boolean closes) throws IOException {
        try (ServerSocket listening = new ServerSocket(0)) {
            Thread serving = new Thread(() -> serve(listening, answer, closes));
            serving.setDaemon(true);
            serving.start();
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", listening.getLocalPort());
            try (DeepSeekChatModel model = through(ProxySelector.of(address))) {
                Throwable error = catchThrowable(() -> model.chat("Hi"));
                assertThat(error)
                        .isInstanceOf(DeepSeekError.class)
                        .hasMessageContaining("proxy 127.0.0.1:" + address.getPort());
                return error;
            }
        }
    }

    private static void serve(ServerSocket listening, String answer, boolean closes) {
        try {
            while (true) {
                Socket client = listening.accept();
                client.getInputStream().read(new byte[4096]);
                client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                client.getOutputStream().flush();
                if (closes) {
                    client.close();
                }
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 407, 502, 503})
    void should_name_the_proxy_that_lets_nobody_through_and_its_status(int status) throws IOException {
        for (boolean closes : new boolean[] {true, false}) {
            Throwable error = told(
                    "HTTP/1.1 " + status + " No\r\nLocation: http://login/\r\nProxy-Authenticate: Negotiate\r\n"
                            + "Content-Length: 2\r\n\r\nno",
                    closes);

            assertThat(error)
                    .isInstanceOf(ConnectionFailedException.class)
                    .hasMessageStartingWith("The proxy 127.0.0.1:")
                    .hasMessageContaining(
                            "did not let the request through to api.example.com: it answered with status " + status)
                    .hasMessageNotContaining("hung up");
        }
    }

    @Test
    void should_say_that_a_proxy_wants_a_password() throws IOException {
        assertThat(told("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", false))
                .hasMessageContaining("since it wants to know who asks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH\r\n", "\u001b]0;garbage\u0007\r\n\r\n"})
    void should_name_the_proxy_where_something_comes_that_is_no_http(String garbage) throws IOException {
        assertThat(told(garbage, true))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("no HTTP")
                .hasMessageNotContaining("garbage");
    }

    @Test
    void should_name_both_where_either_may_have_hung_up() throws IOException {
        assertThat(told("", true))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageStartingWith("api.example.com, or the proxy 127.0.0.1:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:SECRET1234@proxy", "http://user:SECRET1234@proxy", "SECRET1234@proxy", "proxy:3128"})
    void should_refuse_a_proxy_with_more_than_a_host_without_saying_it(String host) {
        InetSocketAddress address = InetSocketAddress.createUnresolved(host, 3128);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> through(ProxySelector.of(address)))
                .withMessageContaining("without a scheme, a user, a password")
                .withMessageNotContaining("SECRET1234");
    }

    /** A selector of the user's may name another one for each request. */
    @Test
    void should_not_say_the_password_that_a_selector_names_later() {
        boolean[] built = new boolean[1];
        DeepSeekChatModel model = through(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                String host = built[0] ? "user:SECRET1234@proxy" : "proxy";
                return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, 3128)));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException error) {}
        });
        built[0] = true;

        Throwable error = catchThrowable(() -> model.chat("Hi"));

        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertThat(error).isInstanceOf(ConnectionFailedException.class);
        assertThat(trace.toString()).doesNotContain("SECRET1234").contains("the proxy's host must be");
    }
}
