package io.github.deepthink4j.settings;

import java.time.Duration;

/** Durations that clocks can count: what is longer than a hundred years means no limit, and must not overflow in nanoseconds. */
final class Bounded {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Bounded() {}

    static Duration duration(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
