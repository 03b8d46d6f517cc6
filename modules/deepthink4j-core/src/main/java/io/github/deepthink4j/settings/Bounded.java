package io.github.deepthink4j.settings;

import io.github.deepthink4j.internal.value.PlainWords;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Durations that make sense and that clocks can count: what is longer than a hundred years means no limit, and must not overflow
 * in nanoseconds.
 */
final class Bounded {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Bounded() {}

    /**
     * @param name of the setting, as its user knows it
     */
    static Duration positive(@Nullable Duration duration, String name) {
        Duration given = given(duration, name);
        if (given.isZero() || given.isNegative()) {
            throw new IllegalArgumentException(name + " must be longer than zero, but is " + PlainWords.of(given));
        }
        return bounded(given);
    }

    /**
     * @param name of the setting, as its user knows it
     */
    static Duration notNegative(@Nullable Duration duration, String name) {
        Duration given = given(duration, name);
        if (given.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + PlainWords.of(given));
        }
        return bounded(given);
    }

    private static Duration given(@Nullable Duration duration, String name) {
        if (duration == null) {
            throw new IllegalArgumentException(name + " must not be null: leave it out for its default");
        }
        return duration;
    }

    private static Duration bounded(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
