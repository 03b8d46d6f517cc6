package io.github.deepthink4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.faults.SelfSigned;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Secure connections, straight and through a proxy. */
@Timeout(60)
class TlsTest {

    private static final int WORDS = 20_000;

    @TempDir
    private static Path folder;

    private static SelfSigned keys;
    private static HttpsServer server;

    @BeforeAll
    static void serve() throws Exception {
        keys = SelfSigned.in(folder.resolve("keys.p12"));
        server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.serving()));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < WORDS; i++) {
                out.write("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]}\n\n"
                        .getBytes(StandardCharsets.UTF_8));
            }
            out.write("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
                    .getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static DeepSeekChatModel.Builder model() {
        return DeepSeekChatModel.builder()
                .baseUrl("https://localhost:" + server.getAddress().getPort())
                .apiKey("test")
                .modelName("deepseek-chat")
                .retryPolicy(RetryPolicy.NONE)
                .transport(NettyTransport.create());
    }

    @Test
    void should_read_a_long_answer_over_a_connection_that_is_trusted() throws Exception {
        try (DeepSeekChatModel model = model().sslContext(keys.trusting()).build()) {
            assertThat(model.chat("Hi")).isEqualTo("word ".repeat(WORDS));
            assertThat(model.chat("Hi")).isEqualTo("word ".repeat(WORDS));
        }
    }

    /** Says over TLS that it sends no more, and leaves the connection open. */
    private static ServerSocket quietServer(String answer) throws Exception {
        SSLContext context = keys.serving();
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket plain = server.accept();
                    SSLSocket secure = (SSLSocket)
                            context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), false);
                    secure.setUseClientMode(false);
                    assertThat(secure.getInputStream().read(new byte[64 * 1024]))
                            .isPositive();
                    secure.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    secure.getOutputStream().flush();
                    secure.close();
                } catch (IOException e) {
                    // The test is over.
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static DeepSeekChatModel asking(ServerSocket quiet) throws Exception {
        return model().baseUrl("https://localhost:" + quiet.getLocalPort())
                .sslContext(keys.trusting())
                .build();
    }

    @Test
    void should_take_the_end_of_tls_for_the_end_of_the_connection() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
        String whole =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"here\"},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: [DONE]\n\n";
        try (ServerSocket quiet = quietServer(head + "Content-Length: " + whole.length() + "\r\n\r\n" + whole);
                DeepSeekChatModel model = asking(quiet)) {
            assertThat(model.chat("Hi")).isEqualTo("here");
            assertThat(model.chat("Hi")).isEqualTo("here");
        }
        try (ServerSocket quiet = quietServer(head + "Content-Length: 500\r\n\r\n" + whole.substring(0, 60));
                DeepSeekChatModel model = asking(quiet)) {
            assertThatThrownBy(() -> model.chat("Hi")).isInstanceOf(StreamCutException.class);
        }
        try (ServerSocket quiet = quietServer("");
                DeepSeekChatModel model = asking(quiet)) {
            assertFails(model, Reason.RESET);
        }
    }

    @Test
    void should_not_trust_a_certificate_of_its_own_making() {
        try (DeepSeekChatModel model = model().build()) {
            assertFails(model, Reason.TLS);
        }
    }

    @Test
    void should_not_trust_a_certificate_for_another_name() throws Exception {
        try (DeepSeekChatModel model = model().baseUrl(
                        "https://127.0.0.1:" + server.getAddress().getPort())
                .sslContext(keys.trusting())
                .build()) {
            assertFails(model, Reason.TLS);
        }
    }

    @Test
    void should_go_through_the_tunnel_of_a_proxy() throws Exception {
        try (TunnelProxy proxy = new TunnelProxy("200 Connection established");
                DeepSeekChatModel model = model().sslContext(keys.trusting())
                        .proxy(proxy.selector())
                        .build()) {
            assertThat(model.chat("Hi")).isEqualTo("word ".repeat(WORDS));

            assertThat(proxy.heads)
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT localhost:" + server.getAddress().getPort() + " HTTP/1.1\r\n")
                    .doesNotContain("Authorization");
        }
    }

    @Test
    void should_say_what_a_proxy_says_that_lets_nobody_through() throws Exception {
        try (TunnelProxy proxy = new TunnelProxy("502 Bad Gateway");
                DeepSeekChatModel model = model().proxy(proxy.selector()).build()) {
            assertFails(model, Reason.REFUSED);
        }
        for (int status : new int[] {302, 403, 407}) {
            try (TunnelProxy proxy = new TunnelProxy(status + " No");
                    DeepSeekChatModel model = model().proxy(proxy.selector()).build()) {
                assertThatThrownBy(() -> model.chat("Hi"))
                        .isInstanceOf(ConnectionFailedException.class)
                        .hasMessageStartingWith("The proxy 127.0.0.1:")
                        .hasMessageContaining("it answered with status " + status);
            }
        }
    }

    /** The SSL context may be the user's own, and throw anything. */
    @Test
    void should_end_the_call_when_the_ssl_context_throws() {
        SSLContext broken = new SSLContext(new BrokenContext(), null, "broken") {};
        try (DeepSeekChatModel model = model().sslContext(broken).build()) {
            assertFails(model, Reason.OTHER);
        }
    }

    private static void assertFails(DeepSeekChatModel model, Reason reason) {
        assertThatThrownBy(() -> model.chat("Hi"))
                .isInstanceOfSatisfying(
                        ConnectionFailedException.class,
                        error -> assertThat(error.reason()).isEqualTo(reason));
    }

    /** Answers CONNECT, and passes bytes on if it has said yes. */
    private static final class TunnelProxy implements AutoCloseable {

        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final String status;
        final List<String> heads = new CopyOnWriteArrayList<>();

        TunnelProxy(String status) throws IOException {
            this.status = status;
            daemon(this::accept);
        }

        ProxySelector selector() {
            return ProxySelector.of(new InetSocketAddress("127.0.0.1", listening.getLocalPort()));
        }

        private static void daemon(Runnable task) {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            while (!listening.isClosed()) {
                try {
                    tunnel(listening.accept());
                } catch (IOException e) {
                    // The test is over.
                    return;
                }
            }
        }

        private void tunnel(Socket client) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) client.getInputStream().read());
            }
            heads.add(head.toString());
            client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            if (status.startsWith("200")) {
                Socket target = new Socket("localhost", server.getAddress().getPort());
                daemon(() -> pass(client, target));
                daemon(() -> pass(target, client));
            } else {
                client.close();
            }
        }

        private static void pass(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException e) {
                // One of them has hung up.
                return;
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    private static final class BrokenContext extends SSLContextSpi {

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            throw new AssertionError("broken");
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            throw new AssertionError("broken");
        }

        @Override
        protected void engineInit(
                javax.net.ssl.KeyManager[] keys,
                javax.net.ssl.TrustManager[] trust,
                java.security.SecureRandom random) {}

        @Override
        protected javax.net.ssl.SSLSocketFactory engineGetSocketFactory() {
            throw new AssertionError("broken");
        }

        @Override
        protected javax.net.ssl.SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new AssertionError("broken");
        }

        @Override
        protected javax.net.ssl.SSLSessionContext engineGetServerSessionContext() {
            throw new AssertionError("broken");
        }

        @Override
        protected javax.net.ssl.SSLSessionContext engineGetClientSessionContext() {
            throw new AssertionError("broken");
        }
    }
}
