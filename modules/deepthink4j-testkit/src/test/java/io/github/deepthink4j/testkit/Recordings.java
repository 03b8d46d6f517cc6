package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.answer.EventStream;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.internal.server.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Real answers of V3.2, recorded by others, beside the project; tests are skipped where they are missing. */
final class Recordings {

    private Recordings() {}

    static boolean arePresent() {
        return find("v3.2-vercel").isPresent();
    }

    static Path file(String name) {
        return find(name)
                .orElseGet(() -> Assumptions.abort("no recordings beside the project: shared/recordings is missing"));
    }

    private static Optional<Path> find(String name) {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            Path file = place.resolve("shared/recordings").resolve(name);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    static List<JsonNode> chunks(String name) throws IOException {
        return Files.readAllLines(file("v3.2-vercel/" + name + ".chunks.txt")).stream()
                .map(Api::json)
                .toList();
    }

    static JsonNode whole(String name) throws IOException {
        return Api.json(Files.readString(file("v3.2-vercel/" + name + ".json")));
    }

    /** Serves the recording that the last user message names. */
    static LoopbackServer serve() {
        return new LoopbackServer(0, exchange -> {
                    JsonNode body = RequestJson.object(exchange.body());
                    String name = RequestJson.text(body.path("messages").path(0));
                    if (body.path("stream").asBoolean(false)) {
                        exchange.startChunks(200, Map.of("Content-Type", "text/event-stream; charset=utf-8"));
                        for (JsonNode chunk : chunks(name)) {
                            exchange.chunk(EventStream.event(chunk).getBytes(StandardCharsets.UTF_8));
                        }
                        exchange.chunk(EventStream.DONE.getBytes(StandardCharsets.UTF_8));
                        exchange.endChunks();
                    } else {
                        exchange.respond(
                                200,
                                Map.of("Content-Type", "application/json"),
                                whole(name).toString().getBytes(StandardCharsets.UTF_8));
                    }
                })
                .start();
    }
}
