package io.github.deepthink4j.cost.budget;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When what no longer counts is deleted: now and then, and only what was over by the time before as well. A clock that is ahead for a
 * moment takes what still counts for over, and once it is right again nothing of that should be lost.
 */
final class Forgetting {

    private static final int RESERVATIONS_BETWEEN = 256;
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /** By how much the clocks of processes may differ: what is noted later than that from now was noted under a clock that was ahead. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    private int reservations;
    private @Nullable Instant last;

    /**
     * To be asked at each reservation.
     *
     * @return what was over by then may be deleted; {@code null} if it is not the time
     */
    synchronized @Nullable Instant due(Instant now) {
        reservations++;
        Instant before = last;
        if (before == null) {
            last = now;
            return null;
        }
        if (reservations < RESERVATIONS_BETWEEN
                || Duration.between(before, now).abs().compareTo(BETWEEN) < 0) {
            return null;
        }
        reservations = 0;
        last = now;
        return before.isBefore(now) ? before : now;
    }
}
