package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.ArrivedRequest;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.ServiceAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends an answer that is no chat's: whole, or broken in the places where a chat's is. */
final class ServicePlayer {

    private static final Duration KEEP_ALIVE_PAUSE = Duration.ofMillis(5);
    private static final byte[] BLANK_LINE = {'\n'};

    private final LoopbackExchange exchange;
    private final ArrivedRequest request;
    private final ServiceAnswer answer;
    private final JsonNode empty;
    private final JsonNode outOfRoom;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Breakage breakage;

    /**
     * @param empty     the body of an answer with nothing in it
     * @param outOfRoom the body of one that has reached its limit
     */
    ServicePlayer(
            LoopbackExchange exchange,
            ArrivedRequest request,
            ServiceAnswer answer,
            JsonNode empty,
            JsonNode outOfRoom) {
        this.exchange = exchange;
        this.request = request;
        this.answer = answer;
        this.empty = empty;
        this.outOfRoom = outOfRoom;
        headers.put("Content-Type", "application/json");
        headers.put("x-ds-trace-id", "simulated-" + System.identityHashCode(request));
        headers.putAll(answer.headers());
        this.breakage = new Breakage(exchange, request, headers);
    }

    void play() throws IOException {
        try {
            if (!exchange.pause(answer.delay())) {
                gone();
                return;
            }
            request.answered(answer.status());
            Fault fault = answer.fault();
            if (answer.status() != 200) {
                Refusal refusal = Refusal.of(
                        answer.status(), answer.body().path("message").asText(""));
                headers.put("Content-Type", refusal.contentType());
                headers.putAll(answer.headers());
                exchange.respond(refusal.status(), headers, bytes(refusal.json()));
            } else if (fault == null) {
                whole(answer.body());
            } else {
                broken(fault);
            }
        } catch (IOException e) {
            request.clientWentAway();
            throw e;
        }
    }

    private void whole(@Nullable JsonNode body) throws IOException {
        exchange.startChunks(200, headers);
        for (int i = 0; i < answer.keepAlives(); i++) {
            exchange.chunk(BLANK_LINE);
            if (!exchange.pause(KEEP_ALIVE_PAUSE)) {
                gone();
                return;
            }
        }
        exchange.ending();
        exchange.chunk(body == null ? BLANK_LINE : bytes(body));
        exchange.endChunks();
    }

    private void broken(Fault fault) throws IOException {
        switch (fault) {
            case RESET, STALL_BEFORE_HEADERS, SLOW_HEADERS, REDIRECT_ELSEWHERE, HTML_WITH_200, BLANK_BODY ->
                breakage.inPlaceOfAnAnswer(fault);
            case EMPTY_ANSWER -> whole(empty);
            case BUDGET_EATEN -> whole(outOfRoom);
            case NO_DONE -> whole(answer.body());
            case ERROR_IN_STREAM_DATA ->
                whole(Refusal.of(503, "The server is overloaded").json());
            case ERROR_IN_STREAM_EVENT ->
                whole(Refusal.of(500, "Internal error").json());
            default -> inTheBody(fault);
        }
    }

    private void inTheBody(Fault fault) throws IOException {
        exchange.startChunks(200, headers);
        byte[] body = bytes(answer.body());
        byte[] half = Arrays.copyOf(body, Math.max(1, body.length / 2));
        switch (fault) {
            case CUT_BEFORE_FIRST_PIECE -> exchange.cut();
            case CUT_IN_THOUGHT, CUT_IN_ANSWER, CUT_IN_TOOL_CALL -> {
                exchange.chunk(half);
                exchange.cut();
            }
            case RESET_IN_ANSWER -> {
                exchange.chunk(half);
                exchange.pause(Breakage.TICK.multipliedBy(10));
                exchange.reset();
            }
            case CUT_BEFORE_DONE -> end(half);
            case GARBAGE_JSON -> end("{\"results\": nonsense".getBytes(StandardCharsets.UTF_8));
            case HALF_UTF8 -> end(new byte[] {'{', '"', (byte) 0xc3});
            case STALL_SILENT -> {
                exchange.chunk(half);
                breakage.stall(new byte[0]);
            }
            case STALL_WITH_KEEP_ALIVES -> breakage.stall(BLANK_LINE);
            case HUGE_LINE -> breakage.huge("{\"id\":\"");
            case ENDLESS_ANSWER -> endless();
            default -> throw new IllegalStateException("not a fault of a body: " + fault);
        }
    }

    private void end(byte[] bytes) throws IOException {
        exchange.chunk(bytes);
        exchange.endChunks();
    }

    private void endless() throws IOException {
        exchange.chunk("{\"id\":\"".getBytes(StandardCharsets.UTF_8));
        byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
        while (true) {
            exchange.chunk(piece);
        }
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void gone() throws IOException {
        request.clientWentAway();
        exchange.cut();
    }
}
