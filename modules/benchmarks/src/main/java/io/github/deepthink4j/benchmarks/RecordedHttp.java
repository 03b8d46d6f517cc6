package io.github.deepthink4j.benchmarks;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An HTTP client that answers each request with the same body, from memory: what is left to measure is the adapter.
 *
 * @param type of its content
 */
public record RecordedHttp(String type, byte[] body) implements HttpClient, HttpClientBuilder {

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        return head().body(new String(body, StandardCharsets.UTF_8)).build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        listener.onOpen(head().build());
        parser.parse(new ByteArrayInputStream(body), listener);
        listener.onClose();
    }

    private SuccessfulHttpResponse.Builder head() {
        return SuccessfulHttpResponse.builder().statusCode(200).headers(Map.of("Content-Type", List.of(type)));
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return Duration.ofSeconds(10);
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
