package io.github.deepthink4j.model;

import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What all attempts of a call have in common, be it a chat or one to a service beside chats: the time that is left to them together, the
 * policy that says whether there is a next one, and who is told of each.
 *
 * @param timeouts   of the call as a whole
 * @param startNanos when it began, by the scheduler's clock
 */
record Attempts(RetryPolicy policy, Timeouts timeouts, Scheduler scheduler, SafeLog log, long startNanos) {

    Duration timeLeft(Duration total) {
        return total.minusNanos(scheduler.nanoTime() - startNanos);
    }

    /** Whether the limit on the whole is over. */
    boolean isOutOfTime() {
        Duration total = timeouts.total();
        return total != null && isOver(timeLeft(total));
    }

    private static boolean isOver(Duration left) {
        return left.isNegative() || left.isZero();
    }

    /** For one attempt: the total bounds all of them together. */
    Timeouts remaining() {
        Duration total = timeouts.total();
        if (total == null) {
            return timeouts;
        }
        Duration left = timeLeft(total);
        return Timeouts.from(timeouts)
                .total(isOver(left) ? Duration.ofNanos(1) : left)
                .build();
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param failed     how many the policy counts so far
     * @param retryAfter what the server has asked for
     * @return {@code null} if there is none, or if the time would be over before it
     */
    @Nullable
    Duration delayBeforeNext(int failed, RuntimeException error, @Nullable Duration retryAfter) {
        if (failed >= policy.maxAttempts() || !policy.retries(error)) {
            return null;
        }
        Duration delay = policy.delay(failed, retryAfter, ThreadLocalRandom.current());
        Duration total = timeouts.total();
        boolean inTime = delay != null && (total == null || delay.compareTo(timeLeft(total)) < 0);
        return inTime ? delay : null;
    }

    /** Since a moment by the scheduler's clock. */
    Duration elapsedSince(long nanos) {
        return Duration.ofNanos(scheduler.nanoTime() - nanos);
    }

    /** A listener of the policy that throws must not cost the answer. */
    void report(AttemptEvent event) {
        try {
            policy.onAttempt().accept(event);
        } catch (Throwable e) {
            log.warn("RetryPolicy.onAttempt has thrown; this is ignored", e);
        }
    }
}
