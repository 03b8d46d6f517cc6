package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.internal.answer.AnswerJson;
import io.github.deepthink4j.testkit.internal.answer.EventStream;
import io.github.deepthink4j.testkit.internal.answer.PlannedAnswer;
import io.github.deepthink4j.testkit.internal.request.ArrivedRequest;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends an answer, piece by piece or whole. */
final class AnswerPlayer {

    private static final Duration KEEP_ALIVE_PAUSE = Duration.ofMillis(5);

    private final LoopbackExchange exchange;
    private final ArrivedRequest request;
    private final Answer answer;
    private final AnswerJson json;
    private final PlannedAnswer plan;

    AnswerPlayer(
            LoopbackExchange exchange, ArrivedRequest request, Answer answer, AnswerJson json, PlannedAnswer plan) {
        this.exchange = exchange;
        this.request = request;
        this.answer = answer;
        this.json = json;
        this.plan = plan;
    }

    void play() throws IOException {
        try {
            if (!exchange.pause(answer.delay())) {
                gone();
                return;
            }
            request.answered(200);
            if (answer.fault() != null) {
                new FaultPlayer(exchange, request, json, plan, answer).play();
            } else if (request.stream()) {
                stream();
            } else {
                whole();
            }
        } catch (IOException e) {
            request.clientWentAway();
            throw e;
        }
    }

    private void whole() throws IOException {
        byte[] body = bytes(EventStream.text(json.whole(plan)));
        exchange.startChunks(200, headers("application/json"));
        for (int i = 0; i < answer.keepAlives(); i++) {
            exchange.chunk(bytes("\n"));
            if (!exchange.pause(KEEP_ALIVE_PAUSE)) {
                gone();
                return;
            }
        }
        exchange.ending();
        exchange.chunk(body);
        exchange.endChunks();
    }

    private void stream() throws IOException {
        exchange.startChunks(200, headers(EventStream.TYPE));
        for (int i = 0; i < answer.keepAlives(); i++) {
            exchange.chunk(bytes(EventStream.KEEP_ALIVE));
            if (!exchange.pause(KEEP_ALIVE_PAUSE)) {
                gone();
                return;
            }
        }
        if (!pieces()) {
            gone();
            return;
        }
        if (plan.finish().equals("content_filter")) {
            // The audit, during which nothing but keep-alives may come.
            exchange.chunk(bytes(EventStream.KEEP_ALIVE));
            exchange.pause(KEEP_ALIVE_PAUSE);
        }
        send(json.lastChunk(plan));
        exchange.ending();
        exchange.chunk(bytes(EventStream.DONE));
        exchange.endChunks();
    }

    /** {@code false} if the client has gone. */
    private boolean pieces() throws IOException {
        send(json.firstChunk());
        for (ObjectNode chunk : json.chunks(plan)) {
            if (!piece(chunk)) {
                return false;
            }
        }
        return true;
    }

    private boolean piece(ObjectNode chunk) throws IOException {
        send(chunk);
        return exchange.pause(answer.pause());
    }

    private void send(ObjectNode chunk) throws IOException {
        exchange.chunk(bytes(EventStream.event(chunk)));
    }

    private Map<String, String> headers(String contentType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType);
        headers.put("x-ds-trace-id", "simulated-" + System.identityHashCode(request));
        headers.putAll(answer.headers());
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void gone() throws IOException {
        request.clientWentAway();
        exchange.cut();
    }
}
