package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.web.search.WebSearchRequest;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.settings.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal whose status has come and whose words never end: the status is told, and not the end of all time. */
@Timeout(60)
class DrippingRefusalTest {

    private static final String HEAD =
            "HTTP/1.1 402 Payment Required\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n";

    private static final String WORDS = "{\"error\":{\"message\":\"no money\"}}";

    private ServerSocket server;
    private volatile boolean drips = true;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    drip(socket);
                } catch (IOException | InterruptedException e) {
                    // The client has hung up, as it should.
                    continue;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void drip(Socket socket) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        socket.getInputStream().read(new byte[100]);
        out.write((HEAD + WORDS).getBytes(StandardCharsets.UTF_8));
        out.flush();
        while (!drips) {
            Thread.sleep(100);
        }
        while (true) {
            out.write(' ');
            out.flush();
            Thread.sleep(100);
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private String url() {
        return "http://localhost:" + server.getLocalPort();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_tell_the_status_where_the_words_do_not_end(boolean dripping) {
        drips = dripping;
        Timeouts ample = Timeouts.custom()
                .idle(Duration.ofSeconds(dripping ? 50 : 1))
                .total(Duration.ofSeconds(55))
                .build();
        try (DeepSeekWebSearchEngine engine = DeepSeekWebSearchEngine.builder()
                .baseUrl(url())
                .apiKey("test")
                .timeouts(ample)
                .build()) {

            assertThatThrownBy(() -> engine.search(WebSearchRequest.from("q")))
                    .isInstanceOf(InsufficientBalanceException.class)
                    .hasMessageContaining("HTTP 402");
        } finally {
            drips = true;
        }
    }

    @Test
    void should_tell_it_of_a_chat_as_well() {
        try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl(url())
                .apiKey("test")
                .modelName("deepseek-flash")
                .build()) {

            assertThatThrownBy(() -> model.chat("q")).isInstanceOf(InsufficientBalanceException.class);
        }
    }
}
