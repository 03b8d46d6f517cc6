package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A server for one test, and requests to it as they are on the wire. */
final class WireServer implements AutoCloseable {

    private static final String BODY = """
            {"model":"deepseek-flash","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    void respond(Answer... answers) {
        deepSeek.respond(answers);
    }

    int runningAnswers() {
        return deepSeek.runningAnswers();
    }

    SimulatedRequest lastRequest() {
        return deepSeek.lastRequest();
    }

    TransportRequest request(Timeouts timeouts) {
        return request(deepSeek.baseUrl() + "/chat/completions", timeouts);
    }

    static TransportRequest request(String url, Timeouts timeouts) {
        Map<String, String> headers =
                Map.of("Authorization", "Bearer sk-secret-secret", "Content-Type", "application/json");
        URI uri = URI.create(url);
        return new TransportRequest(
                "POST", uri, headers, BODY.getBytes(StandardCharsets.UTF_8), timeouts, Secrets.of(uri, headers, null));
    }

    void awaitNoAnswerRunning() throws InterruptedException {
        while (deepSeek.runningAnswers() > 0) {
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        deepSeek.close();
    }
}
