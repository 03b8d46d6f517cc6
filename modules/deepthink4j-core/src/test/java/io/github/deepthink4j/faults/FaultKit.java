package io.github.deepthink4j.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.error.AnswerTooLargeException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.ReasoningBudgetException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.error.StreamErrorException;
import io.github.deepthink4j.error.UnknownModelException;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.thorough.Thorough;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes wrong is one typed error, in time: each fault, blocking and streaming, over each transport. The type, the
 * code, one last call, the listener told once, nothing left running, and a row in the docs. Whoever extends it has a method
 * {@code faults} of his own, for his ways.
 */
@Timeout(60)
public abstract class FaultKit {

    /** Ample, so that a busy machine runs into no limit that is not meant. */
    private static final Timeouts AMPLE = Timeouts.custom()
            .connect(Duration.ofSeconds(20))
            .firstByte(Duration.ofSeconds(20))
            .idle(Duration.ofSeconds(20))
            .total(Duration.ofSeconds(40))
            .build();

    /** For the faults that only a limit ends: the one that is to end them is short. */
    private static final Map<Fault, Timeouts> LIMITS = Map.of(
            Fault.STALL_SILENT,
                    Timeouts.from(AMPLE).idle(Duration.ofMillis(400)).build(),
            Fault.STALL_WITH_KEEP_ALIVES,
                    Timeouts.from(AMPLE).total(Duration.ofSeconds(1)).build(),
            Fault.STALL_BEFORE_HEADERS,
                    Timeouts.from(AMPLE).firstByte(Duration.ofMillis(400)).build(),
            Fault.SLOW_HEADERS,
                    Timeouts.from(AMPLE).firstByte(Duration.ofMillis(400)).build());

    /** The faults after which there is no end of the body that would leave the connection usable. */
    private static final Set<Fault> HUNG_UP = EnumSet.of(
            Fault.CUT_BEFORE_FIRST_PIECE,
            Fault.CUT_IN_THOUGHT,
            Fault.CUT_IN_ANSWER,
            Fault.CUT_IN_TOOL_CALL,
            Fault.STALL_SILENT,
            Fault.STALL_WITH_KEEP_ALIVES,
            Fault.STALL_BEFORE_HEADERS,
            Fault.SLOW_HEADERS,
            Fault.HUGE_LINE,
            Fault.ENDLESS_ANSWER,
            Fault.RESET,
            Fault.RESET_IN_ANSWER);

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    /** Each fault, each way; or each fault in one of the ways, which take turns. */
    protected static Stream<Arguments> faults(List<Way> ways) {
        List<Arguments> all = new ArrayList<>();
        for (Way way : ways) {
            rows(all, way);
        }
        int faults = all.size() / ways.size();
        return Thorough.orShare(IntStream.range(0, all.size()).boxed(), i -> i % faults % ways.size() == i / faults)
                .map(all::get);
    }

    private static void rows(List<Arguments> rows, Way way) {
        row(rows, way, Fault.CUT_BEFORE_FIRST_PIECE, StreamCutException.class, "stream_cut");
        row(rows, way, Fault.CUT_IN_THOUGHT, StreamCutException.class, "stream_cut");
        row(rows, way, Fault.CUT_IN_ANSWER, StreamCutException.class, "stream_cut");
        row(rows, way, Fault.CUT_IN_TOOL_CALL, StreamCutException.class, "stream_cut");
        row(rows, way, Fault.CUT_BEFORE_DONE, StreamCutException.class, "stream_cut");
        row(rows, way, Fault.NO_DONE, StreamCutException.class, "stream_cut");
        row(rows, way, Fault.HALF_UTF8, StreamCutException.class, "stream_cut");
        row(rows, way, Fault.RESET_IN_ANSWER, StreamCutException.class, "stream_cut");
        row(rows, way, Fault.RESET, ConnectionFailedException.class, "connection_failed");
        row(rows, way, Fault.STALL_SILENT, DeepSeekTimeoutException.class, "timeout_idle");
        row(rows, way, Fault.STALL_WITH_KEEP_ALIVES, DeepSeekTimeoutException.class, "timeout_total");
        row(rows, way, Fault.STALL_BEFORE_HEADERS, DeepSeekTimeoutException.class, "timeout_first_byte");
        row(rows, way, Fault.SLOW_HEADERS, DeepSeekTimeoutException.class, "timeout_first_byte");
        row(rows, way, Fault.ERROR_IN_STREAM_DATA, StreamErrorException.class, "stream_error");
        row(rows, way, Fault.ERROR_IN_STREAM_EVENT, StreamErrorException.class, "stream_error");
        row(rows, way, Fault.EMPTY_ANSWER, EmptyAnswerException.class, "empty_answer");
        row(rows, way, Fault.BUDGET_EATEN, ReasoningBudgetException.class, "reasoning_budget");
        row(rows, way, Fault.GARBAGE_JSON, MalformedAnswerException.class, "malformed_answer");
        row(rows, way, Fault.HTML_WITH_200, MalformedAnswerException.class, "malformed_answer");
        row(rows, way, Fault.BLANK_BODY, MalformedAnswerException.class, "malformed_answer");
        row(rows, way, Fault.HUGE_LINE, AnswerTooLargeException.class, "answer_too_large");
        row(rows, way, Fault.ENDLESS_ANSWER, AnswerTooLargeException.class, "answer_too_large");
        row(rows, way, Fault.REDIRECT_ELSEWHERE, RequestRejectedException.class, "request_rejected");
        finish(rows, way, "content_filter", ContentRefusedException.class, "content_refused");
        finish(rows, way, "insufficient_system_resource", ServerOverloadedException.class, "server_overloaded");
        finish(rows, way, "aborted", StreamCutException.class, "stream_cut");
        finish(rows, way, "never_heard_of", MalformedAnswerException.class, "malformed_answer");
        status(rows, way, 400, RequestRejectedException.class, "request_rejected");
        status(rows, way, 401, InvalidApiKeyException.class, "invalid_api_key");
        status(rows, way, 402, InsufficientBalanceException.class, "insufficient_balance");
        status(rows, way, 403, InvalidApiKeyException.class, "invalid_api_key");
        status(rows, way, 404, UnknownModelException.class, "unknown_model");
        status(rows, way, 408, DeepSeekTimeoutException.class, "timeout_server");
        status(rows, way, 409, RequestRejectedException.class, "request_rejected");
        status(rows, way, 413, RequestRejectedException.class, "request_rejected");
        status(rows, way, 422, RequestRejectedException.class, "request_rejected");
        status(rows, way, 429, DeepSeekRateLimitException.class, "rate_limit");
        status(rows, way, 500, ServerFaultException.class, "server_fault");
        status(rows, way, 502, ServerFaultException.class, "server_fault");
        status(rows, way, 503, ServerOverloadedException.class, "server_overloaded");
        status(rows, way, 504, ServerFaultException.class, "server_fault");
        status(rows, way, 520, ServerFaultException.class, "server_fault");
    }

    private static Answer whole() {
        return Answer.thinking("A thought of some length, in several pieces.")
                .thenText("An answer of some length, in several pieces.")
                .andToolCall("getWeather", "{\"city\":\"Munich\"}");
    }

    private static void row(List<Arguments> rows, Way way, Fault fault, Class<?> type, String code) {
        rows.add(Arguments.of(fault.name(), way, whole().fault(fault), type, code));
    }

    private static void finish(List<Arguments> rows, Way way, String reason, Class<?> type, String code) {
        rows.add(Arguments.of("finish reason " + reason, way, whole().finishReason(reason), type, code));
    }

    private static void status(List<Arguments> rows, Way way, int status, Class<?> type, String code) {
        rows.add(Arguments.of("status " + status, way, Answer.error(status, "for a test"), type, code));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void should_be_one_typed_error_in_time(String name, Way way, Answer answer, Class<?> type, String code)
            throws Exception {
        deepSeek.respond(answer);
        Way.Told told = new Way.Told();

        Throwable error = way.call(deepSeek.baseUrl(), timeouts(answer, way), told);

        assertThat(error).as("%s %s", name, way).isExactlyInstanceOf(type).isInstanceOf(DeepSeekError.class);
        assertThat(((DeepSeekError) error).code()).isEqualTo(code);
        assertThat(error.getMessage()).doesNotContain("sk-of-a-test");
        GoneClients.assertNotTakenForOne(error);
        assertThat(told.errors).hasValue(1);
        assertThat(told.responses).hasValue(0);
        assertThat(told.lastCalls).hasValueLessThanOrEqualTo(1);
        awaitNothingLeftOpen(answer.fault() != null && HUNG_UP.contains(answer.fault()) ? 0 : 1);
        assertThat(Files.readString(Path.of("../../docs/errors.md"))).contains("`" + code + "`");
    }

    private static Timeouts timeouts(Answer answer, Way way) {
        Timeouts timeouts = answer.fault() == null ? AMPLE : LIMITS.getOrDefault(answer.fault(), AMPLE);
        // LangChain4j's SPI has one read timeout, which is the longer of the two: the short one alone would wait for
        // it.
        return way.overSpi() && timeouts.firstByte().compareTo(timeouts.idle()) < 0
                ? Timeouts.from(timeouts).idle(timeouts.firstByte()).build()
                : timeouts;
    }

    /** A connection whose answer came to its end is kept for the next request; any other must be gone. */
    private void awaitNothingLeftOpen(int keptConnections) throws InterruptedException {
        while (deepSeek.runningAnswers() > 0 || deepSeek.openConnections() > keptConnections) {
            Thread.sleep(5);
        }
    }

    @AfterAll
    static void should_leave_no_busy_thread_behind() throws InterruptedException {
        while (Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread ->
                        thread.getKey().getName().startsWith("deepthink4j-delivery") && !isIdle(thread.getValue()))) {
            Thread.sleep(5);
        }
    }

    private static boolean isIdle(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .noneMatch(frame -> frame.getClassName().startsWith("io.github.deepthink4j")
                        && !frame.getClassName().contains("DeliveryThreads"));
    }
}
