package io.github.deepthink4j.testkit.jupiter;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** An application that swallows errors. */
final class Client {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Client() {}

    static String ask(DeepSeekSimulator deepSeek, String question) {
        return ask(deepSeek, "deepseek-flash", question);
    }

    static String ask(DeepSeekSimulator deepSeek, String model, String question) {
        return send(deepSeek, """
                {"model":"%s","messages":[{"role":"user","content":"%s"}]}""".formatted(model, question));
    }

    static String send(DeepSeekSimulator deepSeek, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + "/chat/completions"))
                    .header("Authorization", "Bearer sk-test")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
