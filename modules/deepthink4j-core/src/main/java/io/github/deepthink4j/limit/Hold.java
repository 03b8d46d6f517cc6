package io.github.deepthink4j.limit;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** For how long nobody is sent after a server has refused one: as long as it says, or ever longer. */
final class Hold {

    private static final Duration BASE = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 4;

    /** As a retry policy's: many processes should not come back at the same moment. */
    private static final double JITTER = 0.25;

    private final Duration longest;
    private final RandomGenerator random;
    private boolean on;
    private long untilNanos;
    private int number;
    private int doublings;

    Hold(Duration longest, RandomGenerator random) {
        this.longest = longest;
        this.random = random;
    }

    /** Grows with each hold; whoever was sent under an earlier number does not know of the latest one. */
    int number() {
        return number;
    }

    /**
     * @param sentUnder  the {@link #number} at the time when the refused call was sent: of many that were sent together, only the first
     *                   refusal is news
     * @param mustWait   whether the refused call has to wait for the end of another one anyhow: then a first refusal holds nobody
     * @param retryAfter as the server says
     */
    void refused(int sentUnder, boolean mustWait, @Nullable Duration retryAfter, long now) {
        if (retryAfter != null && retryAfter.compareTo(Duration.ZERO) > 0) {
            begin(now + (retryAfter.compareTo(longest) > 0 ? longest : retryAfter).toNanos());
        } else if (sentUnder == number) {
            double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
            boolean none = mustWait && doublings == 0;
            begin(none ? now : now + Math.round(BASE.toNanos() * Math.pow(2, doublings) * factor));
            doublings = Math.min(MOST_DOUBLINGS, doublings + 1);
        }
    }

    private void begin(long until) {
        untilNanos = on && untilNanos - until > 0 ? untilNanos : until;
        on = true;
        number++;
    }

    void wentWell() {
        doublings = 0;
    }

    /** 0 if there is none. */
    long nanosLeft(long now) {
        if (on && untilNanos - now <= 0) {
            on = false;
        }
        return on ? untilNanos - now : 0;
    }
}
