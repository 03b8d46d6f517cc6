package io.github.deepthink4j.testkit.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of recordings. Each exchange is a file {@code NAME.json}:
 *
 * <pre>{@code
 * {
 *   "format" : "deepthink4j-exchange/1",
 *   "request" : { "method" : "POST", "path" : "/chat/completions", "body" : { "model" : "deepseek-flash", ... } },
 *   "response" : { "status" : 200, "headers" : { "content-type" : "text/event-stream" }, "bodyFile" : "NAME.sse" }
 * }
 * }</pre>
 *
 * <p>A response that is a JSON object stands there as {@code "body"}; any other is text in a file beside it: {@code .sse} if
 * it is an event stream, {@code .txt} if not. A folder is read in the order of its names.
 */
public final class RecordingFiles {

    private static final String FORMAT = "deepthink4j-exchange/1";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter WRITER = MAPPER.writer(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    public RecordingFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes an exchange, in the place of one of the same name if there is one.
     *
     * @throws UncheckedIOException if it can't be written
     */
    public void write(RecordedExchange exchange) {
        ObjectNode file = MAPPER.createObjectNode().put("format", FORMAT);
        ObjectNode request = file.putObject("request");
        request.put("method", exchange.request().method());
        request.put("path", exchange.request().path());
        if (!exchange.request().body().isMissingNode()) {
            request.set("body", exchange.request().body());
        }
        ObjectNode response = file.putObject("response");
        response.put("status", exchange.response().status());
        ObjectNode headers = response.putObject("headers");
        new TreeMap<>(exchange.response().headers()).forEach(headers::put);
        try {
            Files.createDirectories(folder);
            body(exchange, response);
            Files.writeString(folder.resolve(exchange.name() + ".json"), WRITER.writeValueAsString(file) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the recording " + exchange.name() + " to " + folder, e);
        }
    }

    private void body(RecordedExchange exchange, ObjectNode response) throws IOException {
        String body = exchange.response().body();
        JsonNode json = exchange.response().isStream() ? MAPPER.missingNode() : json(body);
        if (json.isObject()) {
            response.set("body", json);
        } else {
            String name = exchange.name() + (exchange.response().isStream() ? ".sse" : ".txt");
            response.put("bodyFile", name);
            Files.writeString(folder.resolve(name), body);
        }
    }

    private static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }

    /**
     * Reads them all, in the order of their names.
     *
     * @throws IllegalArgumentException if there is none, or if one is not in the format; the message names the file
     * @throws UncheckedIOException     if one can't be read
     */
    public List<RecordedExchange> read() {
        try (Stream<Path> files = Files.list(folder)) {
            List<RecordedExchange> exchanges = files.filter(
                            file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .map(this::read)
                    .toList();
            if (exchanges.isEmpty()) {
                throw new IllegalArgumentException("no recording in " + folder.toAbsolutePath());
            }
            return exchanges;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the recordings in " + folder.toAbsolutePath(), e);
        }
    }

    /** The highest number that a recording in the folder has as its name; 0 if there is none. */
    public int lastNumber() {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,9}\\.json"))
                    .mapToInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("can't list the recordings in " + folder.toAbsolutePath(), e);
        }
    }

    private RecordedExchange read(Path file) {
        JsonNode json;
        try {
            json = MAPPER.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is no JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
        if (!json.path("format").asText().equals(FORMAT)) {
            throw new IllegalArgumentException(file + " is no recording: it lacks \"format\" : \"" + FORMAT + "\"");
        }
        JsonNode request = json.path("request");
        JsonNode response = json.path("response");
        if (!request.path("path").isTextual() || !response.path("status").isInt()) {
            throw new IllegalArgumentException(file + " lacks /request/path or /response/status");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        response.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        String name = file.getFileName().toString();
        return new RecordedExchange(
                name.substring(0, name.length() - ".json".length()),
                new RecordedExchange.Request(
                        request.path("method").asText("POST"),
                        request.path("path").asText(),
                        request.path("body")),
                new RecordedExchange.Response(response.path("status").asInt(), headers, body(file, response)));
    }

    private String body(Path file, JsonNode response) {
        JsonNode name = response.path("bodyFile");
        if (name.isMissingNode()) {
            return response.path("body").isMissingNode()
                    ? ""
                    : response.path("body").toString();
        }
        try {
            return Files.readString(folder.resolve(name.asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " names the body " + name + ", which can't be read", e);
        }
    }
}
