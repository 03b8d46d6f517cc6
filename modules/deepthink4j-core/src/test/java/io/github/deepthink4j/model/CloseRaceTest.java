package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's end that comes at any moment of a call: the call ends too, soon, and says why. */
@Timeout(120)
class CloseRaceTest {

    private static final int MODELS = 160;

    private final AtomicInteger requests = new AtomicInteger();

    private Answer answer() {
        return switch (requests.getAndIncrement() % 3) {
            case 0 -> Answer.text("answer");
            case 1 -> Answer.error(503, "busy");
            default -> Answer.thinking("a b c d").thenText("never").fault(Fault.STALL_SILENT);
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_leave_no_call_without_an_end(boolean ownTransport) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).brain(request -> answer())) {
            List<Future<String>> calls = new ArrayList<>();
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < MODELS; i++) {
                long nanosToEnd = TimeUnit.MILLISECONDS.toNanos(i % 16 * 6);
                DeepSeekChatModel model = model(deepSeek, ownTransport);
                calls.add(callers.submit(() -> model.chat("Hi")));
                ends.add(callers.submit(() -> {
                    LockSupport.parkNanos(nanosToEnd);
                    model.close();
                }));
            }

            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
            for (Future<String> call : calls) {
                hasEnded(call);
            }
            // The SPI has no way to close a client: its idle connections stay until it is collected.
            while (ownTransport && deepSeek.openConnections() > 0) {
                Thread.sleep(1);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static DeepSeekChatModel model(DeepSeekSimulator deepSeek, boolean ownTransport) {
        DeepSeekChatModel.Builder builder = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(
                        RetryPolicy.custom().baseDelay(Duration.ofMillis(1)).build());
        return ownTransport
                ? builder.build()
                : builder.httpClientBuilder(JdkHttpClient.builder()).build();
    }

    /** With its answer, with the server's own error, or with one that says that the model was closed. */
    private static void hasEnded(Future<String> call) throws Exception {
        try {
            assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .satisfiesAnyOf(
                            error -> assertThat(error)
                                    .isInstanceOfSatisfying(
                                            ConnectionFailedException.class,
                                            failed ->
                                                    assertThat(failed.reason()).isEqualTo(Reason.CLOSED)),
                            error -> assertThat(error).isInstanceOf(ServerOverloadedException.class),
                            error -> assertThat(error)
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageStartingWith("This model is closed."));
        }
    }
}
