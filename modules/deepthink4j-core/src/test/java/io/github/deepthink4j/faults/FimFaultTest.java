package io.github.deepthink4j.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekFimModel;
import io.github.deepthink4j.model.DeepSeekFimModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingFimModel;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong with a completion in the middle is the typed error that it would be in a chat, once and in time. */
@Timeout(60)
class FimFaultTest {

    private static final Timeouts AMPLE = Timeouts.custom()
            .connect(Duration.ofSeconds(20))
            .firstByte(Duration.ofSeconds(20))
            .idle(Duration.ofSeconds(20))
            .total(Duration.ofSeconds(40))
            .build();

    private static final Duration SHORT = Duration.ofMillis(400);

    private static final Map<Fault, Timeouts> LIMITS = Map.of(
            Fault.STALL_SILENT, Timeouts.from(AMPLE).idle(SHORT).build(),
            Fault.STALL_WITH_KEEP_ALIVES,
                    Timeouts.from(AMPLE).total(Duration.ofSeconds(1)).build(),
            Fault.STALL_BEFORE_HEADERS, Timeouts.from(AMPLE).firstByte(SHORT).build(),
            Fault.SLOW_HEADERS, Timeouts.from(AMPLE).firstByte(SHORT).build());

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    static Stream<Arguments> faults() {
        List<Arguments> rows = new ArrayList<>();
        Answer whole = Answer.text("    return fib(a - 1) + fib(a - 2)");
        for (boolean streaming : new boolean[] {false, true}) {
            Map.ofEntries(
                            Map.entry(Fault.CUT_BEFORE_FIRST_PIECE, "stream_cut"),
                            Map.entry(Fault.CUT_IN_THOUGHT, "stream_cut"),
                            Map.entry(Fault.CUT_IN_ANSWER, "stream_cut"),
                            Map.entry(Fault.CUT_IN_TOOL_CALL, "stream_cut"),
                            Map.entry(Fault.CUT_BEFORE_DONE, "stream_cut"),
                            Map.entry(Fault.NO_DONE, "stream_cut"),
                            Map.entry(Fault.HALF_UTF8, "stream_cut"),
                            Map.entry(Fault.RESET_IN_ANSWER, "stream_cut"),
                            Map.entry(Fault.RESET, "connection_failed"),
                            Map.entry(Fault.STALL_SILENT, "timeout_idle"),
                            Map.entry(Fault.STALL_WITH_KEEP_ALIVES, "timeout_total"),
                            Map.entry(Fault.STALL_BEFORE_HEADERS, "timeout_first_byte"),
                            Map.entry(Fault.SLOW_HEADERS, "timeout_first_byte"),
                            // Before the first piece, since nothing is thought.
                            Map.entry(Fault.ERROR_IN_STREAM_DATA, "server_overloaded"),
                            Map.entry(Fault.ERROR_IN_STREAM_EVENT, "server_fault"),
                            Map.entry(Fault.EMPTY_ANSWER, "empty_answer"),
                            Map.entry(Fault.BUDGET_EATEN, "reasoning_budget"),
                            Map.entry(Fault.GARBAGE_JSON, "malformed_answer"),
                            Map.entry(Fault.HTML_WITH_200, "malformed_answer"),
                            Map.entry(Fault.BLANK_BODY, "malformed_answer"),
                            Map.entry(Fault.HUGE_LINE, "answer_too_large"),
                            Map.entry(Fault.ENDLESS_ANSWER, "answer_too_large"),
                            Map.entry(Fault.REDIRECT_ELSEWHERE, "request_rejected"))
                    .forEach((fault, code) -> rows.add(Arguments.of(streaming, whole.fault(fault), code)));
            for (Fault fault : List.of(Fault.ERROR_IN_STREAM_DATA, Fault.ERROR_IN_STREAM_EVENT)) {
                rows.add(Arguments.of(streaming, whole.fault(fault, 3), "stream_error"));
            }
            Map.of(
                            "content_filter", "content_refused",
                            "insufficient_system_resource", "server_overloaded",
                            "aborted", "stream_cut",
                            "never_heard_of", "malformed_answer")
                    .forEach((reason, code) -> rows.add(Arguments.of(streaming, whole.finishReason(reason), code)));
            Map.of(
                            400, "request_rejected",
                            401, "invalid_api_key",
                            402, "insufficient_balance",
                            404, "unknown_model",
                            422, "request_rejected",
                            429, "rate_limit",
                            500, "server_fault",
                            503, "server_overloaded")
                    .forEach((status, code) ->
                            rows.add(Arguments.of(streaming, Answer.error(status, "for a test"), code)));
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void should_be_one_typed_error_in_time(boolean streaming, Answer answer, String code) throws Exception {
        deepSeek.respond(answer);
        Timeouts timeouts = answer.fault() == null ? AMPLE : LIMITS.getOrDefault(answer.fault(), AMPLE);

        Throwable error = streaming ? streamed(timeouts) : blocked(timeouts);

        assertThat(error)
                .isInstanceOfSatisfying(
                        DeepSeekError.class, it -> assertThat(it.code()).isEqualTo(code));
        assertThat(error.getMessage()).doesNotContain("sk-of-a-test");
        GoneClients.assertNotTakenForOne(error);
        assertThat(deepSeek.completions()).hasSize(1);
        while (deepSeek.runningAnswers() > 0) {
            Thread.onSpinWait();
        }
    }

    private <B extends DeepSeekFimModelBuilder<B>> B set(B builder, Timeouts timeouts) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("sk-of-a-test")
                .modelName("deepseek-flash")
                .timeouts(timeouts)
                .retryPolicy(RetryPolicy.NONE)
                .limits(DecoderLimits.custom()
                        .maxEventBytes(1 << 20)
                        .maxAnswerBytes(4 << 20)
                        .build());
    }

    private Throwable blocked(Timeouts timeouts) {
        try (DeepSeekFimModel model = set(DeepSeekFimModel.builder(), timeouts).build()) {
            throw new AssertionError("a success: " + model.generate("def fib(a):", "\n"));
        } catch (RuntimeException e) {
            return e;
        }
    }

    private Throwable streamed(Timeouts timeouts) {
        CompletableFuture<Response<String>> end = new CompletableFuture<>();
        AtomicInteger ends = new AtomicInteger();
        try (DeepSeekStreamingFimModel model =
                set(DeepSeekStreamingFimModel.builder(), timeouts).build()) {
            model.generate("def fib(a):", "\n", new StreamingResponseHandler<>() {
                @Override
                public void onNext(String token) {}

                @Override
                public void onComplete(Response<String> response) {
                    ends.incrementAndGet();
                    end.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    ends.incrementAndGet();
                    end.completeExceptionally(error);
                }
            });
            throw new AssertionError(
                    "a success: " + end.orTimeout(30, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            assertThat(ends).hasValue(1);
            return e.getCause();
        }
    }
}
