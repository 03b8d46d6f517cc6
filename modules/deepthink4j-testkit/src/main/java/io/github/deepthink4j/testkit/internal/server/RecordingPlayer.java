package io.github.deepthink4j.testkit.internal.server;

import io.github.deepthink4j.testkit.internal.request.ArrivedRequest;
import io.github.deepthink4j.testkit.recording.RecordedExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a recorded response again, a stream event by event. */
final class RecordingPlayer {

    /** With the blank line at its end. */
    private static final Pattern EVENT = Pattern.compile(".*?(\\r?\\n){2,}|.+$", Pattern.DOTALL);

    private final LoopbackExchange exchange;
    private final ArrivedRequest request;
    private final RecordedExchange.Response response;
    private final Duration pace;

    RecordingPlayer(
            LoopbackExchange exchange, ArrivedRequest request, RecordedExchange.Response response, Duration pace) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.pace = pace;
    }

    void play() throws IOException {
        request.answered(response.status());
        if (!response.isStream()) {
            exchange.respond(
                    response.status(), response.headers(), response.body().getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            exchange.startChunks(response.status(), response.headers());
            Matcher event = EVENT.matcher(response.body());
            while (event.find()) {
                exchange.chunk(event.group().getBytes(StandardCharsets.UTF_8));
                if (!exchange.pause(pace)) {
                    request.clientWentAway();
                    exchange.cut();
                    return;
                }
            }
            exchange.endChunks();
        } catch (IOException e) {
            request.clientWentAway();
            throw e;
        }
    }
}
