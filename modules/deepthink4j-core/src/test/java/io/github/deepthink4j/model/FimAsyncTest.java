package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Completions in the middle that are waited for without a thread. */
@Timeout(60)
class FimAsyncTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final HeardCalls heard = new HeardCalls();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekFimModel.Builder model() {
        return DeepSeekFimModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash")
                .listeners(heard)
                .retryPolicy(RetryPolicy.NONE);
    }

    private static Throwable failureOf(CompletableFuture<?> future) throws InterruptedException, TimeoutException {
        try {
            future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("It has not failed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_complete_on_the_users_executor(boolean streamOnWire) throws Exception {
        deepSeek.respond(Answer.text("a + b").pause(Duration.ofMillis(20)));
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "users"));

        try (DeepSeekFimModel model =
                model().streamOnWire(streamOnWire).executor(executor).build()) {
            CompletableFuture<Response<String>> answer = model.generateAsync("return ", ";");
            CompletableFuture<String> thread =
                    answer.thenApply(response -> Thread.currentThread().getName());

            assertThat(answer.get(30, TimeUnit.SECONDS).content()).isEqualTo("a + b");
            assertThat(answer.get().tokenUsage().outputTokenCount()).isPositive();
            assertThat(answer.get().metadata()).containsKey("id");
            assertThat(thread.get(30, TimeUnit.SECONDS))
                    .isIn("users", Thread.currentThread().getName());
        }
        executor.shutdown();
        assertThat(heard.ends()).containsExactly("request", "response");
        assertThat(deepSeek.completions().get(0).body().path("suffix").asText()).isEqualTo(";");
    }

    @Test
    void should_fail_with_the_typed_error_and_throw_nothing() throws Exception {
        deepSeek.respond(Answer.error(503, "busy"));
        DeepSeekFimModel model = model().build();

        assertThat(failureOf(model.generateAsync("a"))).isInstanceOf(ServerOverloadedException.class);
        assertThat(failureOf(model().maxOutputTokens(0).build().generateAsync("a")))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(failureOf(model.generateAsync(null, "b"))).isInstanceOf(IllegalArgumentException.class);
        model.close();
        assertThat(failureOf(model.generateAsync("a"))).isInstanceOf(IllegalStateException.class);
        assertThat(heard.ends())
                .containsExactly(
                        "request", "error ServerOverloadedException",
                        "request", "error InvalidRequestException",
                        "request", "error IllegalStateException");
    }

    private void shouldStop(Answer answer, Consumer<CompletableFuture<Response<String>>> end) throws Exception {
        deepSeek.respond(answer);
        try (DeepSeekFimModel model = model().build()) {
            CompletableFuture<Response<String>> running = model.generateAsync("a", "b");
            while (deepSeek.completions().isEmpty()) {
                Thread.sleep(5);
            }

            end.accept(running);

            SimulatedRequest request = deepSeek.completions().get(0);
            assertThat(request.awaitEnd(Duration.ofSeconds(30))).isTrue();
            assertThat(request.cancelled()).isTrue();
            assertThat(running).isCompletedExceptionally();
        }
    }

    @Test
    void should_stop_before_the_first_byte_when_it_is_cancelled() throws Exception {
        shouldStop(Answer.text("x").fault(Fault.STALL_BEFORE_HEADERS), running -> running.cancel(true));
        assertThat(heard.ends()).as("as in a chat").containsExactly("request");
    }

    @Test
    void should_stop_in_the_midst_when_it_is_cancelled() throws Exception {
        shouldStop(Answer.text("x ".repeat(1_000)).pause(Duration.ofMillis(20)), running -> running.cancel(true));
    }

    @Test
    void should_stop_when_it_times_out() throws Exception {
        shouldStop(
                Answer.text("x ".repeat(1_000)).pause(Duration.ofMillis(20)),
                running -> assertThat(running.orTimeout(1, TimeUnit.MILLISECONDS)
                                .handle((answer, error) -> error)
                                .join())
                        .isInstanceOf(TimeoutException.class));
        assertThat(heard.ends()).containsExactly("request", "error TimeoutException");
    }

    @Test
    void should_run_many_at_once_each_with_its_own_answer() {
        deepSeek.brain(request -> Answer.text(request.body().path("prompt").asText() + "!"));
        try (DeepSeekFimModel model = model().build()) {
            List<CompletableFuture<Response<String>>> all = IntStream.range(0, 100)
                    .mapToObj(i -> model.generateAsync("prompt " + i))
                    .toList();

            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).orTimeout(50, TimeUnit.SECONDS).join().content())
                        .isEqualTo("prompt " + i + "!");
            }
        }
    }
}
