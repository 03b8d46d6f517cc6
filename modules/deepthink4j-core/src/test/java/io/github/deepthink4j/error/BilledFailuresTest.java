package io.github.deepthink4j.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import io.github.deepthink4j.price.Cost;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BilledFailuresTest {

    private static ErrorDetails status(int status) {
        return ErrorDetails.custom().httpStatus(status).build();
    }

    private static EmptyAnswerException costing(@Nullable Integer dollars) {
        Cost cost = dollars == null
                ? null
                : Cost.in(Currency.getInstance("USD"))
                        .output(BigDecimal.valueOf(dollars))
                        .build();
        return new EmptyAnswerException(
                "empty", ErrorDetails.custom().cost(cost).build(), null);
    }

    static Stream<Throwable> refusals() {
        return Stream.of(
                new InvalidApiKeyException("", status(401), null),
                new InsufficientBalanceException("", status(402), null),
                new InsufficientBalanceException("", ErrorDetails.NONE, null),
                new UnknownModelException("", status(404), null),
                new RequestRejectedException("", status(400), null),
                new RequestRejectedException("", status(302), null),
                new ContextTooLongException("", status(422), null),
                new ContextTooLongException("", status(500), null),
                new ContentRefusedException("", status(400), null),
                new DeepSeekRateLimitException("", status(429), null, null, null),
                new ServerOverloadedException("", status(503), null, null),
                new ServerOverloadedException("", status(529), null, null),
                new CallQueueFullException("", ErrorDetails.NONE, null),
                new AuthenticationException(""),
                new RateLimitException(""),
                new ModelNotFoundException(""),
                new InvalidRequestException(""),
                new UnresolvedModelServerException(""),
                new UnsupportedFeatureException(""),
                new HttpException(418, ""),
                new IllegalStateException(new ConnectException()));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void should_know_that_a_refusal_is_not_billed(Throwable error) {
        assertThat(DeepSeekError.mayBeBilled(error)).isFalse();
    }

    static Stream<Throwable> doubtful() {
        return Stream.of(
                new StreamCutException("", ErrorDetails.NONE, null),
                new StreamErrorException("", ErrorDetails.NONE, null),
                new EmptyAnswerException("", ErrorDetails.NONE, null),
                new ReasoningBudgetException("", ErrorDetails.NONE, null),
                new AnswerTooLargeException("", ErrorDetails.NONE, null),
                new MalformedAnswerException("", ErrorDetails.NONE, null),
                // A tool call that the model has written and its host could not read.
                new MalformedAnswerException("", status(400), null),
                new ContentRefusedException("", ErrorDetails.NONE, null),
                // At the end of an answer that has begun.
                new ServerOverloadedException("", ErrorDetails.NONE, null, null),
                new ServerFaultException("", status(500), null),
                new ServerFaultException("", status(504), null),
                new CallInterruptedException("", ErrorDetails.NONE, new InterruptedException()),
                new InternalServerException(""),
                new TimeoutException(""),
                new ContentFilteredException(""),
                new HttpException(502, ""),
                new CancellationException(),
                new IllegalStateException(""),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void should_not_know_of_anything_else(Throwable error) {
        assertThat(DeepSeekError.mayBeBilled(error)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void should_know_that_nothing_is_billed_without_a_connection(Reason reason) {
        Set<Reason> without = EnumSet.of(Reason.REFUSED, Reason.UNKNOWN_HOST, Reason.TLS);

        boolean mayBe = DeepSeekError.mayBeBilled(new ConnectionFailedException("", ErrorDetails.NONE, null, reason));

        assertThat(mayBe).isEqualTo(!without.contains(reason));
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void should_not_know_of_a_time_out_after_the_connection(Phase phase) {
        Set<Phase> before = EnumSet.of(Phase.CONNECT, Phase.SERVER);

        boolean mayBe = DeepSeekError.mayBeBilled(new DeepSeekTimeoutException("", ErrorDetails.NONE, null, phase));

        assertThat(mayBe).isEqualTo(!before.contains(phase));
    }

    @Test
    void should_ask_what_an_error_wraps_and_what_failed_before_it() {
        EmptyAnswerException last = costing(3);
        last.addSuppressed(costing(5));
        last.addSuppressed(costing(null));
        last.addSuppressed(new IllegalStateException("no cost"));

        Cost cost = DeepSeekError.costOf(new CompletionException(new RuntimeException(last)));

        assertThat(cost.total()).isEqualTo("8");
        assertThat(cost.calls()).isEqualTo(2);
    }

    /** The error has the cost of all attempts at the same call already. */
    @Test
    void should_not_count_the_cause_of_an_error_that_tells_a_cost() {
        EmptyAnswerException error = new EmptyAnswerException("", costing(3).details(), costing(2));

        assertThat(DeepSeekError.costOf(error).total()).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void should_come_to_an_end_with_a_long_chain_or_a_ring(int length) {
        RuntimeException first = new RuntimeException();
        RuntimeException next = first;
        for (int i = 0; i < length; i++) {
            next = new RuntimeException(next);
        }
        first.initCause(next);

        assertThat(DeepSeekError.costOf(next)).isNull();
        assertThat(DeepSeekError.mayBeBilled(next)).isTrue();
    }
}
