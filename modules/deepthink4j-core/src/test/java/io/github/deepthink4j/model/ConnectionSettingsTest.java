package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.faults.SelfSigned;
import io.github.deepthink4j.settings.RetryPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ways to a server that is not simply there: through a proxy, with a certificate of one's own, by a client of one's own. */
@Timeout(60)
class ConnectionSettingsTest {

    private static final String ANSWER = """
            {"id":"1","object":"chat.completion","model":"deepseek-flash","choices":[{"index":0,"finish_reason":"stop",
            "message":{"role":"assistant","content":"here","reasoning_content":"I think."}}]}""";

    private static DeepSeekChatModel.Builder at(String baseUrl) {
        return DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress("127.0.0.1", 0);
    }

    @Test
    void should_go_through_a_proxy() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(loopback(), 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            answer(exchange);
        });
        proxy.start();

        try (DeepSeekChatModel model = at("http://deepseek.invalid")
                .proxy(ProxySelector.of(
                        new InetSocketAddress("127.0.0.1", proxy.getAddress().getPort())))
                .build()) {
            assertThat(model.chat("Hi")).isEqualTo("here");
        } finally {
            proxy.stop(0);
        }

        assertThat(asked).containsExactly("http://deepseek.invalid/chat/completions");
    }

    @Test
    void should_trust_the_certificates_of_the_ssl_context(@TempDir Path folder) throws Exception {
        SelfSigned keys = SelfSigned.in(folder.resolve("keys.p12"));
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.serving()));
        server.createContext("/", ConnectionSettingsTest::answer);
        server.start();
        String baseUrl = "https://localhost:" + server.getAddress().getPort();

        try (DeepSeekChatModel trusting =
                        at(baseUrl).sslContext(keys.trusting()).build();
                DeepSeekChatModel wary = at(baseUrl).build()) {
            assertThat(trusting.chat("Hi")).isEqualTo("here");
            assertThatThrownBy(() -> wary.chat("Hi"))
                    .isInstanceOfSatisfying(
                            ConnectionFailedException.class,
                            error -> assertThat(error.reason()).isEqualTo(Reason.TLS));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void should_use_a_client_that_is_set_up_already() throws Exception {
        HttpServer server = HttpServer.create(loopback(), 0);
        server.createContext("/", ConnectionSettingsTest::answer);
        server.start();
        List<String> selected = new ArrayList<>();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(new ProxySelector() {
                    @Override
                    public List<java.net.Proxy> select(java.net.URI uri) {
                        selected.add(uri.toString());
                        return List.of(java.net.Proxy.NO_PROXY);
                    }

                    @Override
                    public void connectFailed(java.net.URI uri, java.net.SocketAddress address, IOException e) {}
                })
                .build();

        try (DeepSeekChatModel model = at("http://127.0.0.1:"
                        + server.getAddress().getPort())
                .httpClient(client)
                .build()) {
            assertThat(model.chat("Hi")).isEqualTo("here");
        } finally {
            server.stop(0);
        }

        assertThat(selected).hasSize(1);
    }

    @Test
    void should_refuse_a_client_that_follows_redirects() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();

        assertThatThrownBy(() -> at("http://127.0.0.1:1").httpClient(following).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not follow redirects");
    }

    /** Set beside each other, one of the two would be ignored without a word. */
    @Test
    void should_refuse_settings_that_would_have_no_effect() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        ProxySelector proxy = ProxySelector.of(loopback());
        SSLContext ssl = SSLContext.getDefault();

        for (DeepSeekChatModel.Builder builder : List.of(
                at("http://127.0.0.1:1").httpClient(client).proxy(proxy),
                at("http://127.0.0.1:1").httpClient(client).sslContext(ssl),
                at("http://127.0.0.1:1")
                        .httpClientBuilder(JdkHttpClient.builder())
                        .httpClient(client),
                at("http://127.0.0.1:1")
                        .httpClientBuilder(JdkHttpClient.builder())
                        .proxy(proxy),
                at("http://127.0.0.1:1")
                        .httpClientBuilder(JdkHttpClient.builder())
                        .sslContext(ssl))) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no effect beside");
        }
    }
}
