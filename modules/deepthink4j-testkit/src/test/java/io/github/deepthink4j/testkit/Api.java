package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A plain HTTP client for the simulator. */
public final class Api {

    public static final ObjectMapper MAPPER = new ObjectMapper();
    public static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final DeepSeekSimulator deepSeek;

    public Api(DeepSeekSimulator deepSeek) {
        this.deepSeek = deepSeek;
    }

    public static HttpRequest request(String url, String body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer sk-test")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    public HttpResponse<String> post(String path, String body) {
        return send(request(deepSeek.baseUrl() + path, body));
    }

    public HttpResponse<String> chat(String body) {
        return post("/chat/completions", body);
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + path))
                .header("Authorization", "Bearer sk-test")
                .build());
    }

    public static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The chunks of an event stream; the last line must be the end marker. */
    public static List<JsonNode> chunks(String stream) {
        List<JsonNode> chunks = new ArrayList<>();
        for (String line : stream.split("\n")) {
            if (line.startsWith("data: {")) {
                chunks.add(json(line.substring(6)));
            }
        }
        return chunks;
    }
}
