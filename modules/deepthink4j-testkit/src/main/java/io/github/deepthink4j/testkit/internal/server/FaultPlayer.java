package io.github.deepthink4j.testkit.internal.server;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.internal.answer.AnswerJson;
import io.github.deepthink4j.testkit.internal.answer.EventStream;
import io.github.deepthink4j.testkit.internal.answer.PlannedAnswer;
import io.github.deepthink4j.testkit.internal.request.ArrivedRequest;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Sends an answer that goes wrong. What comes before the fault is taken from the planned answer; faults within a stream
 * hit a request for a whole answer in the same place of its JSON.
 */
final class FaultPlayer {

    private final LoopbackExchange exchange;
    private final ArrivedRequest request;
    private final AnswerJson json;
    private final PlannedAnswer plan;
    private final Answer answer;
    private final Breakage breakage;
    private boolean halfSent;

    /**
     * @param answer must have a fault
     */
    FaultPlayer(LoopbackExchange exchange, ArrivedRequest request, AnswerJson json, PlannedAnswer plan, Answer answer) {
        this.exchange = exchange;
        this.request = request;
        this.json = json;
        this.plan = plan;
        this.answer = answer;
        this.breakage = new Breakage(exchange, request, type());
    }

    void play() throws IOException {
        Fault fault = requireNonNull(answer.fault());
        switch (fault) {
            case RESET, STALL_BEFORE_HEADERS, SLOW_HEADERS, REDIRECT_ELSEWHERE, HTML_WITH_200, BLANK_BODY ->
                breakage.inPlaceOfAnAnswer(fault);
            default -> afterHeaders(fault);
        }
    }

    private void afterHeaders(Fault fault) throws IOException {
        exchange.startChunks(200, type());
        switch (fault) {
            case CUT_BEFORE_FIRST_PIECE -> exchange.cut();
            case CUT_IN_THOUGHT -> {
                sendUpTo(half(thinking()));
                exchange.cut();
            }
            case CUT_IN_ANSWER -> {
                sendUpTo(thinking(), half(json.textChunks(plan)));
                exchange.cut();
            }
            case CUT_IN_TOOL_CALL -> {
                sendUpTo(thinking(), half(json.callChunks(plan)));
                exchange.cut();
            }
            case RESET_IN_ANSWER -> {
                sendUpTo(thinking(), half(json.textChunks(plan)));
                // The client must have read what was sent before the reset comes: one that is told of it together with
                // the head of the response may take it for a connection that never answered.
                exchange.pause(Breakage.TICK.multipliedBy(10));
                exchange.reset();
            }
            case CUT_BEFORE_DONE -> {
                sendUpTo(thinking(), json.textChunks(plan), json.callChunks(plan));
                exchange.endChunks();
            }
            case NO_DONE -> {
                sendUpTo(thinking(), json.textChunks(plan), json.callChunks(plan));
                send(List.of(json.lastChunk(plan)));
                exchange.endChunks();
            }
            case STALL_SILENT -> {
                sendUpTo(half(thinking()));
                breakage.stall(new byte[0]);
            }
            case STALL_WITH_KEEP_ALIVES -> {
                sendUpTo(half(thinking()));
                breakage.stall(bytes(request.stream() ? EventStream.KEEP_ALIVE : "\n"));
            }
            case ERROR_IN_STREAM_DATA -> {
                sendUpTo(half(thinking()));
                event(EventStream.event(
                        Refusal.of(503, "The server is overloaded").json()));
                exchange.endChunks();
            }
            case ERROR_IN_STREAM_EVENT -> {
                sendUpTo(half(thinking()));
                event(EventStream.errorEvent(Refusal.of(500, "Internal error").json()));
                exchange.endChunks();
            }
            case GARBAGE_JSON -> {
                sendUpTo();
                event(EventStream.NO_JSON);
                event(EventStream.DONE);
                exchange.endChunks();
            }
            case HALF_UTF8 -> {
                sendUpTo(thinking());
                byte[] chunk = bytes("data: " + json.textChunk("\u00fc"));
                exchange.chunk(Arrays.copyOf(chunk, firstByteOfCharacter(chunk) + 1));
                exchange.endChunks();
            }
            case EMPTY_ANSWER -> end(plan.emptied(), List.of());
            case BUDGET_EATEN -> end(plan.outOfBudget(), thinking());
            case HUGE_LINE -> breakage.huge(request.stream() ? "data: {\"id\":\"" : "{\"id\":\"");
            case ENDLESS_ANSWER -> endless();
            default -> throw new IllegalStateException("not a fault of a body: " + fault);
        }
    }

    private static int firstByteOfCharacter(byte[] bytes) {
        int i = 0;
        while (bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    private void end(PlannedAnswer ending, List<ObjectNode> pieces) throws IOException {
        if (!request.stream()) {
            exchange.chunk(bytes(EventStream.text(json.whole(ending))));
        } else {
            send(pieces);
            send(List.of(json.lastChunk(ending)));
            event(EventStream.DONE);
        }
        exchange.endChunks();
    }

    private void endless() throws IOException {
        String piece = "x".repeat(64 * 1024);
        byte[] chunk = bytes(request.stream() ? EventStream.event(json.textChunk(piece)) : piece);
        if (!request.stream()) {
            exchange.chunk(bytes("{\"id\":\""));
        }
        while (true) {
            exchange.chunk(chunk);
        }
    }

    private List<ObjectNode> thinking() {
        List<ObjectNode> chunks = new ArrayList<>();
        chunks.add(json.firstChunk());
        chunks.addAll(json.thinkingChunks(plan));
        return chunks;
    }

    private static List<ObjectNode> half(List<ObjectNode> chunks) {
        return chunks.subList(0, (chunks.size() + 1) / 2);
    }

    /** Sends these, or, where the answer says so, its first pieces instead. */
    @SafeVarargs
    private void sendUpTo(List<ObjectNode>... ownPlace) throws IOException {
        if (answer.faultAfter() < 0) {
            for (List<ObjectNode> chunks : ownPlace) {
                send(chunks);
            }
            return;
        }
        List<ObjectNode> all = json.chunks(plan);
        send(List.of(json.firstChunk()));
        send(all.subList(0, Math.min(answer.faultAfter(), all.size())));
    }

    /** To a request for a whole answer goes half of its JSON, once. */
    private void send(List<ObjectNode> chunks) throws IOException {
        if (request.stream()) {
            for (ObjectNode chunk : chunks) {
                event(EventStream.event(chunk));
                exchange.pause(answer.pause());
            }
        } else if (!chunks.isEmpty() && !halfSent) {
            halfSent = true;
            byte[] all = bytes(EventStream.text(json.whole(plan)));
            exchange.chunk(Arrays.copyOf(all, all.length / 2));
        }
    }

    private void event(String event) throws IOException {
        exchange.chunk(bytes(event));
    }

    private Map<String, String> type() {
        return Map.of(
                "Content-Type",
                request.stream() ? EventStream.TYPE : "application/json",
                "x-ds-trace-id",
                "simulated-" + System.identityHashCode(request));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
