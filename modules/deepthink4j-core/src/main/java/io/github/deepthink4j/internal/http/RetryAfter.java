package io.github.deepthink4j.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When a server wants to be asked again: {@code Retry-After} in seconds or as a date, {@code retry-after-ms}. */
public final class RetryAfter {

    /** What is longer is never waited for, and must not overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private RetryAfter() {}

    /**
     * @param now what a date is compared with
     * @return never negative; empty if the headers say nothing that can be read
     */
    public static Optional<Duration> parse(Map<String, List<String>> headers, Instant now) {
        String millis = ResponseHeaders.first(headers, "retry-after-ms");
        if (millis != null) {
            Optional<Duration> wait = number(millis).map(RetryAfter::ofMillis);
            if (wait.isPresent()) {
                return wait;
            }
        }
        String value = ResponseHeaders.first(headers, "retry-after");
        if (value == null) {
            return Optional.empty();
        }
        Optional<Duration> seconds = number(value).map(number -> ofMillis(number * 1000));
        return seconds.isPresent() ? seconds : date(value, now);
    }

    private static Duration ofMillis(double millis) {
        return millis < LONGEST.toMillis() ? Duration.ofMillis(Math.round(millis)) : LONGEST;
    }

    private static Optional<Double> number(String text) {
        try {
            double value = Double.parseDouble(text.trim());
            return value >= 0 ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(String text, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, then);
            if (wait.isNegative()) {
                return Optional.of(Duration.ZERO);
            }
            return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
