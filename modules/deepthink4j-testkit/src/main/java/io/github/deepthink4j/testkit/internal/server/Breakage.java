package io.github.deepthink4j.testkit.internal.server;

import io.github.deepthink4j.testkit.internal.request.ArrivedRequest;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** What can go wrong with a response, whatever was asked for. */
final class Breakage {

    static final Duration TICK = Duration.ofMillis(20);
    private static final int HUGE_BYTES = 100 << 20;

    private final LoopbackExchange exchange;
    private final ArrivedRequest request;
    private final Map<String, String> headers;

    /**
     * @param headers of a response that begins well
     */
    Breakage(LoopbackExchange exchange, ArrivedRequest request, Map<String, String> headers) {
        this.exchange = exchange;
        this.request = request;
        this.headers = headers;
    }

    /** A fault before anything of an answer has come. */
    void inPlaceOfAnAnswer(Fault fault) throws IOException {
        switch (fault) {
            case RESET -> exchange.reset();
            case STALL_BEFORE_HEADERS -> stall(new byte[0]);
            case SLOW_HEADERS -> slowHeaders();
            case REDIRECT_ELSEWHERE ->
                exchange.respond(302, Map.of("Location", "http://elsewhere.invalid/chat/completions"), new byte[0]);
            case HTML_WITH_200 ->
                exchange.respond(
                        200,
                        Map.of("Content-Type", "text/html"),
                        bytes("<!DOCTYPE html><html><body>Welcome to the proxy</body></html>"));
            case BLANK_BODY -> exchange.respond(200, headers, new byte[0]);
            default -> throw new IllegalArgumentException("not a fault before an answer: " + fault);
        }
    }

    private void slowHeaders() throws IOException {
        for (byte b : LoopbackExchange.head(200, headers)) {
            exchange.raw(new byte[] {b});
            if (!exchange.pause(TICK.multipliedBy(5))) {
                gone();
                return;
            }
        }
        stall(new byte[0]);
    }

    /** Until the client goes. */
    void stall(byte[] keepAlive) throws IOException {
        while (exchange.pause(TICK)) {
            if (keepAlive.length > 0) {
                exchange.chunk(keepAlive);
            }
        }
        gone();
    }

    private void gone() throws IOException {
        request.clientWentAway();
        exchange.cut();
    }

    /** A text of 100 MB behind this. */
    void huge(String beginning) throws IOException {
        byte[] part = new byte[1 << 20];
        Arrays.fill(part, (byte) 'x');
        exchange.chunk(bytes(beginning));
        for (int sent = 0; sent < HUGE_BYTES; sent += part.length) {
            exchange.chunk(part);
        }
        exchange.cut();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
