package io.github.deepthink4j.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.internal.value.PlainWords;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a wrong duration is told by: the option's own name, and words that people use. */
class SettingsInWordsTest {

    private static final Duration NEGATIVE = Duration.ofMillis(-2990);

    private record Wrong(String message, ThrowingCallable call) {}

    @SuppressWarnings("NullAway")
    static List<Wrong> wrong() {
        return List.of(
                new Wrong(
                        "Timeouts.connect must not be null: leave it out for its default",
                        () -> Timeouts.custom().connect(null).build()),
                new Wrong(
                        "Timeouts.firstByte must be longer than zero, but is 0 seconds",
                        () -> Timeouts.custom().firstByte(Duration.ZERO).build()),
                new Wrong(
                        "Timeouts.idle must be longer than zero, but is minus 2.99 seconds",
                        () -> Timeouts.custom().idle(NEGATIVE).build()),
                new Wrong(
                        "Timeouts.total must be longer than zero, but is minus 2.99 seconds",
                        () -> Timeouts.custom().total(NEGATIVE).build()),
                new Wrong(
                        "Timeouts.total must be longer than zero, but is minus 292471208677 years 195 days",
                        () -> Timeouts.custom()
                                .total(Duration.ofSeconds(Long.MIN_VALUE))
                                .build()),
                new Wrong(
                        "timeout must be longer than zero, but is minus 2.99 seconds",
                        () -> DeepSeekChatModel.builder().timeout(NEGATIVE)),
                new Wrong(
                        "RetryPolicy.baseDelay must not be null: leave it out for its default",
                        () -> RetryPolicy.custom().baseDelay(null).build()),
                new Wrong(
                        "RetryPolicy.maxDelay must not be negative, but is minus 2.99 seconds",
                        () -> RetryPolicy.custom().maxDelay(NEGATIVE).build()),
                new Wrong(
                        "RetryPolicy.maxDelay must not be shorter than baseDelay, but is 1 second, and baseDelay 1 minute",
                        () -> RetryPolicy.custom()
                                .baseDelay(Duration.ofMinutes(1))
                                .maxDelay(Duration.ofSeconds(1))
                                .build()),
                new Wrong(
                        "RetryPolicy.maxRetryAfter must not be null: leave it out for its default",
                        () -> RetryPolicy.custom().maxRetryAfter(null).build()),
                new Wrong(
                        "RetryPolicy.maxRetryAfter must not be negative, but is minus 2.99 seconds",
                        () -> RetryPolicy.custom().maxRetryAfter(NEGATIVE).build()),
                new Wrong(
                        "maxRetries must not be negative, but is -1",
                        () -> DeepSeekChatModel.builder().maxRetries(-1)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void should_name_the_option_in_plain_words(Wrong wrong) {
        assertThatThrownBy(wrong.call())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(wrong.message());
    }

    @Test
    void should_take_no_timeout_for_the_default() {
        assertThat(DeepSeekChatModel.builder().timeout(null)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,           0 seconds",
        "PT0.000001S,    less than a millisecond",
        "PT0.001S,       1 millisecond",
        "PT0.25S,        250 milliseconds",
        "PT1S,           1 second",
        "PT2.99S,        2.99 seconds",
        "PT59.5S,        59.5 seconds",
        "PT1M,           1 minute",
        "PT90S,          1 minute 30 seconds",
        "PT30M,          30 minutes",
        "PT3H0M5S,       3 hours 5 seconds",
        "P2DT3H4M,       2 days 3 hours",
        "P36500D,        100 years",
        "PT-2.99S,       minus 2.99 seconds",
    })
    void should_say_durations_as_people_do(Duration duration, String words) {
        assertThat(PlainWords.of(duration)).isEqualTo(words);
    }
}
