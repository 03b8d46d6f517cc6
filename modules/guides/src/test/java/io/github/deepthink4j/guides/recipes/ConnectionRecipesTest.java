package io.github.deepthink4j.guides.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.faults.SelfSigned;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of docs/recipes.md about a certificate and a proxy, with a server whose certificate only the company has signed. */
@Timeout(60)
class ConnectionRecipesTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private HttpsServer server;
    private Path pem;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        SelfSigned company = SelfSigned.in(folder.resolve("keys.p12"));
        pem = Files.writeString(
                folder.resolve("company.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        company.keys().getCertificate("test").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(company.serving()));
        server.createContext("/", this::passOn);
        server.start();
    }

    /** TLS ends here, as at a company's gateway; behind it stands the simulator. */
    private void passOn(HttpExchange exchange) throws IOException {
        HttpURLConnection behind = (HttpURLConnection) URI.create(deepSeek.baseUrl() + exchange.getRequestURI())
                .toURL()
                .openConnection();
        behind.setDoOutput(true);
        behind.setRequestProperty("Authorization", "Bearer test");
        behind.setRequestProperty("Content-Type", "application/json");
        exchange.getRequestBody().transferTo(behind.getOutputStream());
        int status = behind.getResponseCode();
        for (String header : List.of("Content-Type", "Retry-After")) {
            if (behind.getHeaderField(header) != null) {
                exchange.getResponseHeaders().set(header, behind.getHeaderField(header));
            }
        }
        exchange.sendResponseHeaders(status, 0);
        try (InputStream body = status < 400 ? behind.getInputStream() : behind.getErrorStream()) {
            byte[] piece = new byte[8192];
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                exchange.getResponseBody().write(piece, 0, read);
                exchange.getResponseBody().flush();
            }
            exchange.close();
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
        deepSeek.close();
    }

    private String address() {
        return "localhost:" + server.getAddress().getPort();
    }

    @Test
    void should_trust_the_authority_of_a_company() throws Exception {
        try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl("https://" + address())
                .modelName("deepseek-flash")
                .sslContext(CompanyTls.trusting(pem))
                .build()) {
            deepSeek.respond(Answer.text("Fine"));
            assertThat(model.chat("Hi")).isEqualTo("Fine");
        }
    }

    @Test
    void should_fail_and_try_again_behind_the_proxy_as_elsewhere() throws Exception {
        deepSeek.respond(
                Answer.error(429, "Too many").header("Retry-After", "0"),
                Answer.text("Fine"),
                Answer.text("Half of an answer").fault(Fault.CUT_IN_ANSWER));

        try (TunnelProxy proxy = TunnelProxy.start();
                DeepSeekChatModel model = CompanyTls.model("https://" + address(), pem, "localhost", proxy.port())) {
            assertThat(model.chat("Hi")).isEqualTo("Fine");
            assertThatThrownBy(() -> model.chat("Hi")).isInstanceOf(StreamCutException.class);
        }

        assertThat(deepSeek.requests()).hasSize(3);
    }

    @Test
    void should_go_through_the_proxy() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.start();
                DeepSeekChatModel model = CompanyTls.model("https://" + address(), pem, "localhost", proxy.port())) {
            deepSeek.respond(Answer.text("Fine"));
            assertThat(model.chat("Hi")).isEqualTo("Fine");

            assertThat(proxy.asked()).containsExactly("CONNECT " + address() + " HTTP/1.1");
        }
    }

    /** A proxy as companies have it: it opens a tunnel to whom it is asked for, and sees no more of it than the first lines. */
    private record TunnelProxy(ServerSocket door, List<String> asked, List<Socket> open) implements AutoCloseable {

        static TunnelProxy start() throws IOException {
            TunnelProxy proxy = new TunnelProxy(
                    new ServerSocket(0, 50, InetAddress.getByName("localhost")),
                    new CopyOnWriteArrayList<>(),
                    new CopyOnWriteArrayList<>());
            background(proxy::accept);
            return proxy;
        }

        int port() {
            return door.getLocalPort();
        }

        private void accept() throws IOException {
            while (true) {
                Socket client = door.accept();
                open.add(client);
                background(() -> tunnel(client));
            }
        }

        private void tunnel(Socket client) throws IOException {
            String request = line(client.getInputStream());
            asked.add(request);
            while (!line(client.getInputStream()).isEmpty()) {
                // The headers say nothing that a tunnel needs.
            }
            String[] target = request.split(" ")[1].split(":");
            Socket server = new Socket(target[0], Integer.parseInt(target[1]));
            open.add(server);
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            background(() -> {
                try (client) { // whoever is at the other end has gone
                    server.getInputStream().transferTo(client.getOutputStream());
                }
            });
            client.getInputStream().transferTo(server.getOutputStream());
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
                line.append((char) next);
            }
            return line.toString().strip();
        }

        private interface Work {

            void run() throws IOException;
        }

        /** A socket that is closed meanwhile ends the work, which is how it is meant to end. */
        private static void background(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // The client's assertion tells whether that was too early.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            door.close();
            for (Socket each : open) {
                each.close();
            }
        }
    }
}
