package io.github.deepthink4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelCatalog;
import io.github.deepthink4j.settings.HttpTransport;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which connection serves which request. */
@Timeout(60)
class ConnectionsTest {

    private static final String ANSWER = """
            {"id":"1","object":"chat.completion","model":"deepseek-flash","choices":[{"index":0,"finish_reason":"stop",
            "message":{"role":"assistant","content":"here","reasoning_content":"I think."}}]}""";

    private static final String MODELS =
            "{\"object\":\"list\",\"data\":[{\"id\":\"deepseek-flash\",\"object\":\"model\"}]}";

    /** Does with each connection what it was told: one script for each, one step for each request. */
    private static final class ScriptedServer implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final Queue<Queue<String>> scripts = new ConcurrentLinkedQueue<>();
        final List<String> requests = new CopyOnWriteArrayList<>();
        final AtomicInteger connections = new AtomicInteger();

        ScriptedServer() throws IOException {
            Thread thread = new Thread(this::accept);
            thread.setDaemon(true);
            thread.start();
        }

        /** For the next connection; in place of an answer it may "close" at once, "hang up" at a request, or be "early". */
        void connection(String... answers) {
            scripts.add(new ArrayDeque<>(List.of(answers)));
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort();
        }

        private void accept() {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    connections.incrementAndGet();
                    serve(socket, scripts.remove());
                } catch (IOException e) {
                    // The client has hung up, or the test is over.
                    continue;
                }
            }
        }

        private void serve(Socket socket, Queue<String> script) throws IOException {
            while (!script.isEmpty()) {
                String answer = script.remove();
                if (answer.equals("early")) {
                    socket.getOutputStream().write(response("401 No", "", "no").getBytes(StandardCharsets.US_ASCII));
                    return;
                }
                if (answer.equals("close")) {
                    return;
                }
                if (!skipRequest(socket.getInputStream()) || answer.equals("hang up")) {
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
            socket.getInputStream().read();
        }

        private boolean skipRequest(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                head.append((char) next);
            }
            int length = 0;
            for (String line : head.toString().split("\r\n")) {
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring("Content-Length: ".length()));
                }
            }
            in.readNBytes(length);
            requests.add(head.toString());
            return true;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static String response(String status, String header, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + header + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static final String OK = response("200 OK", "", ANSWER);

    private static DeepSeekChatModel.Builder model(String url) {
        return DeepSeekChatModel.builder()
                .baseUrl(url)
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .transport(NettyTransport.create());
    }

    @Test
    void should_use_a_connection_again() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                DeepSeekChatModel model = model(server.url()).build()) {
            server.connection(OK, OK);

            assertThat(model.chat("Hi")).isEqualTo("here");
            assertThat(model.chat("Hi")).isEqualTo("here");

            assertThat(server.connections).hasValue(1);
            assertThat(server.requests.get(0))
                    .startsWith("POST /chat/completions HTTP/1.1\r\nHost: 127.0.0.1:")
                    .contains("Authorization: Bearer test\r\n");
        }
    }

    @Test
    void should_not_use_a_connection_that_the_server_is_to_close() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                DeepSeekChatModel model = model(server.url()).build()) {
            server.connection(response("200 OK", "Connection: close\r\n", ANSWER));
            server.connection("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + ANSWER, "close");
            server.connection(OK);

            assertThat(model.chat("Hi")).isEqualTo("here");
            assertThat(model.chat("Hi")).isEqualTo("here");
            assertThat(model.chat("Hi")).isEqualTo("here");

            assertThat(server.connections).hasValue(3);
        }
    }

    @Test
    void should_read_an_answer_that_comes_before_the_request_is_whole() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                DeepSeekChatModel model = model(server.url()).build()) {
            server.connection("early");

            assertThatThrownBy(() -> model.chat("Hi ".repeat(2_000_000)))
                    .satisfiesAnyOf(
                            error -> assertThat(error).hasMessageContaining("401"),
                            // A server that closes with unread bytes resets the connection, and its answer may be lost.
                            error -> assertThat(error).isInstanceOf(ConnectionFailedException.class));
        }
    }

    @Test
    void should_send_a_get_again_when_the_server_has_hung_up() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                DeepSeekModelCatalog catalog = DeepSeekModelCatalog.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .transport(NettyTransport.create())
                        .build()) {
            server.connection(response("200 OK", "", MODELS), "hang up");
            server.connection(response("200 OK", "", MODELS));

            assertThat(catalog.listModels()).hasSize(1);
            assertThat(catalog.listModels()).hasSize(1);

            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void should_send_no_post_again_that_the_server_may_have_begun_to_work_on() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                DeepSeekChatModel model = model(server.url()).build()) {
            server.connection(OK, "hang up");
            server.connection(OK);

            assertThat(model.chat("Hi")).isEqualTo("here");
            assertThatThrownBy(() -> model.chat("Hi"))
                    .isInstanceOfSatisfying(
                            ConnectionFailedException.class,
                            error -> assertThat(error.reason()).isEqualTo(ConnectionFailedException.Reason.RESET));
            assertThat(model.chat("Hi")).isEqualTo("here");

            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void should_let_go_of_a_connection_that_is_idle_for_long() throws Exception {
        HttpTransport brief =
                NettyTransport.builder().keepIdle(Duration.ofMillis(50)).build();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekChatModel model =
                        model(deepSeek.baseUrl()).transport(brief).build()) {
            deepSeek.respond(Answer.text("here"));

            assertThat(model.chat("Hi")).isEqualTo("here");

            while (deepSeek.openConnections() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void should_limit_the_time_until_there_is_a_connection() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DeepSeekChatModel model = model("https://127.0.0.1:" + full.getLocalPort())
                        .timeouts(Timeouts.custom()
                                .connect(Duration.ofMillis(300))
                                .build())
                        .build()) {
            // It takes the connection, and says nothing to the handshake.
            assertThatThrownBy(() -> model.chat("Hi")).hasMessageContaining("No connection");
        }
    }

    @Test
    void should_refuse_what_does_not_go_together() {
        HttpTransport netty = NettyTransport.create();
        HttpTransport onLoop =
                NettyTransport.builder().callbacksOnEventLoop(true).build();
        HttpTransport foreign = new HttpTransport() {};

        for (DeepSeekChatModel.Builder builder : List.of(
                model("http://127.0.0.1").transport(netty).httpClient(HttpClient.newHttpClient()),
                model("http://127.0.0.1").transport(netty).httpClientBuilder(JdkHttpClient.builder()),
                model("http://127.0.0.1").transport(onLoop).executor(Runnable::run))) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no effect beside");
        }
        assertThatThrownBy(model("http://127.0.0.1").transport(foreign)::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NettyTransport.create()");
        assertThatThrownBy(() -> NettyTransport.builder().keepIdle(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
