package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.error.ConnectionFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreachableProxyTest {

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void should_name_the_proxy_that_is_down_and_not_the_server_behind_it() throws IOException {
        // given
        int port = freePort();
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl("http://api.example.com/v1")
                .apiKey("sk-test")
                .modelName("deepseek-flash")
                .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port)))
                .maxRetries(0)
                .build();

        // when, then
        assertThatThrownBy(() -> model.chat("Hi"))
                .isInstanceOf(ConnectionFailedException.class)
                .hasCauseInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Nothing listens at the proxy 127.0.0.1:" + port
                        + ". Check the proxy, through which api.example.com is reached.")
                .satisfies(error -> assertThat(((ConnectionFailedException) error).reason())
                        .isEqualTo(ConnectionFailedException.Reason.REFUSED));
    }

    /** -DsocksProxyHost makes the JDK's selector name such a proxy, and the JDK's client asks the server all the same. */
    @Test
    void should_name_the_socks_proxy_that_is_not_used() throws IOException {
        int port = freePort();
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .apiKey("sk-test")
                .modelName("deepseek-flash")
                .proxy(new ProxySelector() {
                    @Override
                    public List<Proxy> select(URI uri) {
                        return List.of(new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", 1)));
                    }

                    @Override
                    public void connectFailed(URI uri, SocketAddress address, IOException error) {}
                })
                .maxRetries(0)
                .build();

        assertThatThrownBy(() -> model.chat("Hi"))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageStartingWith(
                        "Nothing listens at 127.0.0.1:" + port + ". The SOCKS proxy 127.0.0.1:1 is set, and"
                                + " Java's HTTP client goes through no SOCKS proxy: set an HTTP proxy.");
    }

    @Test
    void should_name_the_proxy_that_there_is_not() {
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl("https://api.example.com")
                .apiKey("sk-test")
                .modelName("deepseek-flash")
                .proxy(ProxySelector.of(InetSocketAddress.createUnresolved("no-such-proxy.invalid", 3128)))
                .maxRetries(0)
                .build();

        assertThatThrownBy(() -> model.chat("Hi"))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageStartingWith("There is no host of the proxy no-such-proxy.invalid:3128.");
    }
}
