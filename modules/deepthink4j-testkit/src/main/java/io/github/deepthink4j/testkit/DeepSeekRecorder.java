package io.github.deepthink4j.testkit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.internal.server.LoopbackExchange;
import io.github.deepthink4j.testkit.internal.server.LoopbackServer;
import io.github.deepthink4j.testkit.recording.RecordedExchange;
import io.github.deepthink4j.testkit.recording.RecordingFiles;
import io.github.deepthink4j.testkit.recording.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in front of the real API, on the loopback address, that saves what passes through. A stream is passed on piece by piece.
 *
 * <pre>{@code
 * try (DeepSeekRecorder recorder = DeepSeekRecorder.of("https://api.deepseek.com")
 *         .into(Path.of("src/test/recordings/weather"))
 *         .redacting(Redaction.none().field("user_id").text("[\\w.]+@[\\w.]+"))) {
 *     // let the application talk to recorder.baseUrl() with the real key
 * }
 * }</pre>
 *
 * <p>The API key is never written: of a request no header is saved, and the key is taken out of bodies like any redacted text.
 * Of a response only the headers are saved that clients of DeepSeek read. Exchanges that break off are not saved.
 * {@link DeepSeekSimulator#replay(Path)} plays the recordings.
 */
public final class DeepSeekRecorder implements AutoCloseable {

    private static final List<String> RESPONSE_HEADERS =
            List.of("content-type", "retry-after", "x-ds-trace-id", "x-request-id", "x-deepseek-request-id");
    private static final List<String> REQUEST_HEADERS = List.of("authorization", "content-type", "accept", "x-api-key");
    private static final int BUFFER = 8 * 1024;

    private final String upstream;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger saved = new AtomicInteger();
    private Redaction redaction = Redaction.none();
    private @Nullable RecordingFiles files;
    private @Nullable LoopbackServer server;
    private int port;

    private DeepSeekRecorder(String upstream) {
        this.upstream = upstream.replaceFirst("/+$", "");
    }

    /**
     * @param baseUrl of the real API, such as {@code https://api.deepseek.com}
     */
    public static DeepSeekRecorder of(String baseUrl) {
        return new DeepSeekRecorder(baseUrl);
    }

    /**
     * The folder that the exchanges are written to, as {@code 001.json} and so on, in the order of the requests. Recordings that
     * are there stay, and are counted on from: delete what is to be recorded anew.
     */
    public synchronized DeepSeekRecorder into(Path folder) {
        files = new RecordingFiles(folder);
        next.set(files.lastNumber());
        return this;
    }

    /** What is taken out of bodies; nothing but the key by default. */
    public synchronized DeepSeekRecorder redacting(Redaction rules) {
        redaction = requireNonNull(rules, "rules");
        return this;
    }

    /** The port to listen on; any that is free by default. */
    public synchronized DeepSeekRecorder port(int newPort) {
        port = newPort;
        return this;
    }

    /**
     * What a model's builder wants; starts the proxy if need be.
     *
     * @throws IllegalStateException if it was not said where to write to
     */
    public synchronized String baseUrl() {
        if (files == null) {
            throw new IllegalStateException("say where the recordings go: into(folder)");
        }
        if (server == null) {
            server = new LoopbackServer(port, this::forward).start();
        }
        return "http://127.0.0.1:" + server.port();
    }

    /** How many exchanges have been saved. */
    public int count() {
        return saved.get();
    }

    private void forward(LoopbackExchange exchange) throws IOException, InterruptedException {
        String name = "%03d".formatted(next.incrementAndGet());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upstream + exchange.path()))
                .method(exchange.method(), HttpRequest.BodyPublishers.ofByteArray(exchange.body()));
        for (String header : REQUEST_HEADERS) {
            String value = exchange.headers().get(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            Refusal unreachable = Refusal.of(502, "The recorder can't reach " + upstream + ": " + e);
            exchange.respond(
                    502,
                    Map.of("Content-Type", "application/json"),
                    unreachable.json().toString().getBytes(StandardCharsets.UTF_8));
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : RESPONSE_HEADERS) {
            response.headers().firstValue(header).ifPresent(value -> headers.put(header, value));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream body = response.body()) {
            exchange.startChunks(response.statusCode(), headers);
            byte[] buffer = new byte[BUFFER];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                byte[] piece = Arrays.copyOf(buffer, read);
                all.writeBytes(piece);
                exchange.chunk(piece);
            }
        }
        save(name, exchange, response.statusCode(), headers, all.toString(StandardCharsets.UTF_8));
        exchange.endChunks();
    }

    /** Before the end is passed on, so that the file is there when the client has its answer. */
    private synchronized void save(
            String name, LoopbackExchange exchange, int status, Map<String, String> headers, String body) {
        Redaction rules = redaction;
        for (String header : List.of("authorization", "x-api-key")) {
            rules = rules.literal(exchange.headers().getOrDefault(header, "").replaceFirst("(?i)^Bearer\\s+", ""));
        }
        RecordedExchange.Response response = new RecordedExchange.Response(status, headers, body);
        JsonNode json = RequestJson.object(body.getBytes(StandardCharsets.UTF_8));
        String redacted = response.isStream()
                ? rules.applyToStream(body)
                : json.isObject() ? rules.apply(json).toString() : rules.apply(body);
        String path = exchange.path().replaceFirst("\\?.*$", "");
        requireNonNull(files)
                .write(new RecordedExchange(
                        name,
                        new RecordedExchange.Request(
                                exchange.method(), path, rules.apply(RequestJson.object(exchange.body()))),
                        new RecordedExchange.Response(status, headers, redacted)));
        saved.incrementAndGet();
    }

    /** Stops listening. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
