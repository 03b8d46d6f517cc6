package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.ReasoningBudgetException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    @Test
    void should_double_its_delay_up_to_a_limit_with_jitter() {
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            assertThat(RetryPolicy.DEFAULT.delay(1, null, random))
                    .isBetween(Duration.ofMillis(375), Duration.ofMillis(625));
            assertThat(RetryPolicy.DEFAULT.delay(3, null, random))
                    .isBetween(Duration.ofMillis(1500), Duration.ofMillis(2500));
            assertThat(RetryPolicy.DEFAULT.delay(60, null, random))
                    .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(10));
        }
    }

    @Test
    void should_wait_as_long_as_the_server_asks_but_not_for_ever() {
        assertThat(RetryPolicy.DEFAULT.delay(1, Duration.ofSeconds(60), new Random(1)))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(RetryPolicy.DEFAULT.delay(1, Duration.ofSeconds(61), new Random(1)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "400, false",
        "401, false",
        "402, false",
        "403, false",
        "404, false",
        "408, true",
        "409, true",
        "413, false",
        "422, false",
        "429, true",
        "500, true",
        "502, true",
        "503, true",
        "504, true",
        "520, true"
    })
    void should_try_again_after_what_may_pass(int status, boolean again) {
        RuntimeException error =
                HttpErrors.of(status, Map.of(), new byte[0], HttpErrorsTest.asked(null), Instant.EPOCH);

        assertThat(RetryPolicy.DEFAULT.retries(error)).isEqualTo(again);
    }

    @Test
    void should_not_send_again_what_may_have_been_billed_unless_asked() {
        RuntimeException idle = new DeepSeekTimeoutException("m", ErrorDetails.NONE, null, Phase.IDLE);
        RuntimeException empty = new EmptyAnswerException("m", ErrorDetails.NONE, null);
        RuntimeException refused = new ConnectionFailedException("m", ErrorDetails.NONE, null, Reason.REFUSED);
        RuntimeException unknownHost = new ConnectionFailedException("m", ErrorDetails.NONE, null, Reason.UNKNOWN_HOST);
        RuntimeException budget = new ReasoningBudgetException("m", ErrorDetails.NONE, null);

        assertThat(RetryPolicy.DEFAULT.retries(idle)).isFalse();
        assertThat(RetryPolicy.custom().retryTimeouts(true).build().retries(idle))
                .isTrue();
        assertThat(RetryPolicy.DEFAULT.retries(empty)).isTrue();
        assertThat(RetryPolicy.DEFAULT.retries(refused)).isTrue();
        assertThat(RetryPolicy.DEFAULT.retries(unknownHost)).isFalse();
        assertThat(RetryPolicy.DEFAULT.retries(budget)).isFalse();
    }

    @Test
    void should_refuse_what_makes_no_sense() {
        assertThatThrownBy(() -> RetryPolicy.custom().maxAttempts(0).build()).hasMessageContaining("maxAttempts");
        assertThatThrownBy(() -> RetryPolicy.custom().jitter(2).build()).hasMessageContaining("jitter");
        assertThatThrownBy(() -> Timeouts.custom().idle(Duration.ZERO).build()).hasMessageContaining("idle");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 1, 375",
        "0.5, 1, 500",
        "1.0, 1, 625",
        "0.5, 2, 1000",
        "0.5, 4, 4000",
        "0.5, 5, 8000",
        "0.5, 6, 8000",
        "0.0, 6, 6000"
    })
    void should_shorten_or_lengthen_a_delay_by_a_quarter_at_most(double drawn, int failed, long millis) {
        RandomGenerator fixed = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("not asked for");
            }

            @Override
            public double nextDouble() {
                return drawn;
            }
        };

        assertThat(RetryPolicy.DEFAULT.delay(failed, null, fixed)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void should_try_again_where_the_connection_or_the_answer_was_lost() {
        assertThat(RetryPolicy.DEFAULT.retries(
                        new ConnectionFailedException("m", ErrorDetails.NONE, null, Reason.RESET)))
                .isTrue();
        assertThat(RetryPolicy.DEFAULT.retries(
                        new ConnectionFailedException("m", ErrorDetails.NONE, null, Reason.CLOSED)))
                .isFalse();
        assertThat(RetryPolicy.DEFAULT.retries(new StreamCutException("m", ErrorDetails.NONE, null)))
                .isTrue();
        assertThat(RetryPolicy.DEFAULT.retries(new IllegalStateException("m"))).isFalse();
    }

    @Test
    void should_take_whatever_makes_sense() {
        RetryPolicy least = RetryPolicy.custom()
                .maxAttempts(1)
                .baseDelay(Duration.ZERO)
                .maxDelay(Duration.ZERO)
                .jitter(0)
                .build();
        RetryPolicy most = RetryPolicy.custom()
                .jitter(1)
                .baseDelay(Duration.ofMinutes(1))
                .maxDelay(Duration.ofMinutes(1))
                .maxRetryAfter(Duration.ofDays(100_000))
                .build();

        assertThat(least.delay(3, null, new Random(1))).isZero();
        assertThat(most.delay(3, null, new Random(1))).isBetween(Duration.ZERO, Duration.ofMinutes(2));
        assertThat(most.maxRetryAfter()).isEqualTo(Duration.ofDays(36_500));
        assertThatThrownBy(() -> RetryPolicy.custom().jitter(Double.NaN).build())
                .hasMessageContaining("jitter");
        assertThatThrownBy(() -> RetryPolicy.custom().jitter(-0.1).build()).hasMessageContaining("jitter");
    }

    @Test
    void should_refuse_limits_of_nothing() {
        assertThatThrownBy(() -> DecoderLimits.custom().maxEventBytes(0).build())
                .hasMessageContaining("limits must be positive");
        assertThatThrownBy(() -> DecoderLimits.custom().maxAnswerBytes(0).build())
                .hasMessageContaining("limits must be positive");
        assertThat(DecoderLimits.custom()
                        .maxEventBytes(1)
                        .maxAnswerBytes(1)
                        .build()
                        .maxAnswerBytes())
                .isEqualTo(1);
    }

    @Test
    void should_say_of_an_attempt_how_it_ended() {
        Duration took = Duration.ofMillis(12);
        RuntimeException error = new IllegalStateException("oh");
        AttemptEvent.Failed last = new AttemptEvent.Failed(3, took, error, null);
        AttemptEvent.Failed first = new AttemptEvent.Failed(1, took, error, Duration.ofMillis(500));

        assertThat(last.isLast()).isTrue();
        assertThat(first.isLast()).isFalse();
        assertThat(last).hasToString("attempt 3 failed after 12 ms, the last: java.lang.IllegalStateException: oh");
        assertThat(first)
                .hasToString("attempt 1 failed after 12 ms, the next in 500 ms: java.lang.IllegalStateException: oh");
        assertThat(new AttemptEvent.Succeeded(2, took)).hasToString("attempt 2 succeeded after 12 ms");
    }
}
