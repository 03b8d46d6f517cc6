package io.github.deepthink4j.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
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
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.stream.DecoderLimits;
import io.github.deepthink4j.testkit.Answer;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.Fault;
import io.github.deepthink4j.testkit.Generation;
import io.github.deepthink4j.transport.RetryPolicy;
import io.github.deepthink4j.transport.Timeouts;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Whatever goes wrong is one typed error, in time: each fault, blocking and streaming, over both transports. The type, the
 * code, one last call, the listener told once, nothing left running, and a row in the docs.
 */
@Timeout(60)
class FaultTest {

    private enum Way {
        BLOCKING,
        STREAMING,
        BLOCKING_OVER_SPI,
        STREAMING_OVER_SPI
    }

    private static final Timeouts SHORT = Timeouts.custom()
            .connect(Duration.ofSeconds(2))
            .firstByte(Duration.ofMillis(400))
            .idle(Duration.ofMillis(400))
            .total(Duration.ofSeconds(4))
            .build();

    /** A short total is for the one fault that nothing else ends. */
    private static final Timeouts SHORT_IN_ALL =
            Timeouts.from(SHORT).total(Duration.ofSeconds(1)).build();

    private static final DecoderLimits SMALL = new DecoderLimits(1 << 20, 4 << 20);

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    static Stream<Arguments> faults() {
        List<Arguments> rows = new ArrayList<>();
        for (Way way : Way.values()) {
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
        return rows.stream();
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
        Told told = new Told();
        boolean endless = answer.fault() == Fault.STALL_WITH_KEEP_ALIVES;

        Throwable error = call(way, deepSeek.baseUrl(), endless ? SHORT_IN_ALL : SHORT, told);

        assertThat(error).isExactlyInstanceOf(type).isInstanceOf(DeepSeekError.class);
        assertThat(((DeepSeekError) error).code()).isEqualTo(code);
        assertThat(error.getMessage()).doesNotContain("sk-of-a-test");
        assertThat(told.errors).hasValue(1);
        assertThat(told.responses).hasValue(0);
        assertThat(told.lastCalls).hasValueLessThanOrEqualTo(1);
        awaitNothingRunning();
        assertThat(Files.readString(Path.of("../../docs/errors.md"))).contains("`" + code + "`");
    }

    static Stream<Way> ways() {
        return Stream.of(Way.values());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void should_say_that_nobody_listens(Way way) throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        Throwable error = call(way, "http://127.0.0.1:" + free, SHORT, new Told());

        assertThat(error).isExactlyInstanceOf(ConnectionFailedException.class).hasMessageContaining("Nothing listens");
    }

    /** What listeners and the handler have been told. */
    private static final class Told implements ChatModelListener {

        private final AtomicInteger errors = new AtomicInteger();
        private final AtomicInteger responses = new AtomicInteger();
        private final AtomicInteger lastCalls = new AtomicInteger();

        @Override
        public void onResponse(ChatModelResponseContext context) {
            responses.incrementAndGet();
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            errors.incrementAndGet();
        }
    }

    private static Throwable call(Way way, String baseUrl, Timeouts timeouts, Told told) {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();
        boolean spi = way == Way.BLOCKING_OVER_SPI || way == Way.STREAMING_OVER_SPI;
        if (way == Way.BLOCKING || way == Way.BLOCKING_OVER_SPI) {
            DeepSeekChatModel model = configured(DeepSeekChatModel.builder(), baseUrl, timeouts, told, spi)
                    .build();
            try {
                throw new AssertionError("a success: " + model.chat(request));
            } catch (RuntimeException e) {
                return e;
            }
        }
        DeepSeekStreamingChatModel model = configured(
                        DeepSeekStreamingChatModel.builder(), baseUrl, timeouts, told, spi)
                .build();
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                told.lastCalls.incrementAndGet();
                answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                told.lastCalls.incrementAndGet();
                answer.completeExceptionally(error);
            }
        });
        try {
            throw new AssertionError(
                    "a success: " + answer.orTimeout(30, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private static <B extends DeepSeekModelBuilder<B>> B configured(
            B builder, String baseUrl, Timeouts timeouts, Told told, boolean spi) {
        return builder.baseUrl(baseUrl)
                .apiKey("sk-of-a-test")
                .modelName("deepseek-flash")
                .timeouts(timeouts)
                .retryPolicy(RetryPolicy.NONE)
                .limits(SMALL)
                .listeners(told)
                .httpClientBuilder(spi ? JdkHttpClient.builder() : null);
    }

    private void awaitNothingRunning() throws InterruptedException {
        while (deepSeek.runningAnswers() > 0) {
            Thread.sleep(5);
        }
    }
}
