package io.github.deepthink4j.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an error tells whoever catches it, here and in another process. */
class ErrorsAsValuesTest {

    private static final ErrorDetails DETAILS = ErrorDetails.custom()
            .httpStatus(429)
            .requestId("r-1")
            .providerMessage("busy")
            .partialMessage(AiMessage.from("so far"))
            .tokenUsage(new TokenUsage(1, 2))
            .build();

    private static final IOException CAUSE = new IOException("reset");

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of("answer_too_large", new AnswerTooLargeException("m", DETAILS, CAUSE)),
                Arguments.of("call_queue_full", new CallQueueFullException("m", DETAILS, CAUSE)),
                Arguments.of("interrupted", new CallInterruptedException("m", DETAILS, CAUSE)),
                Arguments.of("connection_failed", new ConnectionFailedException("m", DETAILS, CAUSE, Reason.TLS)),
                Arguments.of("content_refused", new ContentRefusedException("m", DETAILS, CAUSE)),
                Arguments.of("context_too_long", new ContextTooLongException("m", DETAILS, CAUSE)),
                Arguments.of("rate_limit", new DeepSeekRateLimitException("m", DETAILS, CAUSE, null, null)),
                Arguments.of("timeout_connect", new DeepSeekTimeoutException("m", DETAILS, CAUSE, Phase.CONNECT)),
                Arguments.of("timeout_first_byte", new DeepSeekTimeoutException("m", DETAILS, CAUSE, Phase.FIRST_BYTE)),
                Arguments.of("empty_answer", new EmptyAnswerException("m", DETAILS, CAUSE)),
                Arguments.of("insufficient_balance", new InsufficientBalanceException("m", DETAILS, CAUSE)),
                Arguments.of("invalid_api_key", new InvalidApiKeyException("m", DETAILS, CAUSE)),
                Arguments.of("malformed_answer", new MalformedAnswerException("m", DETAILS, CAUSE)),
                Arguments.of("reasoning_budget", new ReasoningBudgetException("m", DETAILS, CAUSE)),
                Arguments.of("request_rejected", new RequestRejectedException("m", DETAILS, CAUSE)),
                Arguments.of("server_fault", new ServerFaultException("m", DETAILS, CAUSE)),
                Arguments.of("server_overloaded", new ServerOverloadedException("m", DETAILS, CAUSE, null)),
                Arguments.of("stream_cut", new StreamCutException("m", DETAILS, CAUSE)),
                Arguments.of("stream_error", new StreamErrorException("m", DETAILS, CAUSE)),
                Arguments.of("unknown_model", new UnknownModelException("m", DETAILS, CAUSE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void should_tell_what_is_known_and_after_serialization_that_nothing_is(String code, RuntimeException error)
            throws IOException, ClassNotFoundException {
        DeepSeekError own = (DeepSeekError) error;

        assertThat(error).hasMessage("m").hasCause(CAUSE);
        assertThat(own.code()).isEqualTo(code);
        assertThat(own.details()).isEqualTo(DETAILS);
        assertThat(own.httpStatus()).isEqualTo(429);
        assertThat(own.requestId()).isEqualTo("r-1");
        assertThat(own.partialMessage()).isEqualTo(AiMessage.from("so far"));
        assertThat(own.tokenUsage()).isEqualTo(new TokenUsage(1, 2));

        RuntimeException elsewhere = serialized(error);

        assertThat(elsewhere).hasSameClassAs(error).hasMessage("m");
        assertThat(((DeepSeekError) elsewhere).code()).isEqualTo(code);
        assertThat(((DeepSeekError) elsewhere).details()).isEqualTo(ErrorDetails.NONE);
        assertThat(((DeepSeekError) elsewhere).httpStatus()).isNull();
    }

    @Test
    void should_keep_what_one_acts_upon_in_another_process() throws IOException, ClassNotFoundException {
        Duration soon = Duration.ofSeconds(3);

        DeepSeekRateLimitException limit = serialized(new DeepSeekRateLimitException("m", DETAILS, null, 5, soon));
        ServerOverloadedException full = serialized(new ServerOverloadedException("m", DETAILS, null, soon));

        assertThat(limit.limit()).hasValue(5);
        assertThat(limit.retryAfter()).contains(soon);
        assertThat(full.retryAfter()).contains(soon);
        assertThat(new DeepSeekRateLimitException("m", DETAILS, null, null, null).limit())
                .isEmpty();
        assertThat(new ServerOverloadedException("m", DETAILS, null, null).retryAfter())
                .isEmpty();
        assertThat(serialized(new ConnectionFailedException("m", DETAILS, null, Reason.CLOSED))
                        .reason())
                .isEqualTo(Reason.CLOSED);
        assertThat(serialized(new DeepSeekTimeoutException("m", DETAILS, null, Phase.TOTAL))
                        .phase())
                .isEqualTo(Phase.TOTAL);
    }

    @Test
    void should_describe_what_is_known_and_nothing_else() {
        ErrorDetails status = ErrorDetails.custom().httpStatus(500).build();
        ErrorDetails id = ErrorDetails.custom().requestId("r-1").build();
        ErrorDetails said = ErrorDetails.custom().providerMessage("Go away.").build();

        assertThat(DETAILS.describe("It failed.", "Try again."))
                .isEqualTo("It failed. The server said: busy. Try again. (HTTP 429, request r-1)");
        assertThat(ErrorDetails.NONE.describe("It failed.", "")).isEqualTo("It failed.");
        assertThat(status.describe("It failed.", "")).isEqualTo("It failed. (HTTP 500)");
        assertThat(id.describe("It failed.", "Try again.")).isEqualTo("It failed. Try again. (request r-1)");
        assertThat(said.describe("It failed.", "")).isEqualTo("It failed. The server said: Go away.");
    }

    @SuppressWarnings("unchecked")
    private static <T extends RuntimeException> T serialized(T error) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(error);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
