package io.github.deepthink4j.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt to get an answer, as {@link RetryPolicy#onAttempt()} is told. An attempt that was cancelled is
 * not told of.
 */
public sealed interface AttemptEvent {

    /** 1 for the first. */
    int number();

    /** From sending to the attempt's end, callbacks included. */
    Duration elapsed();

    /** It brought the answer. */
    record Succeeded(int number, Duration elapsed) implements AttemptEvent {

        /** Such as {@code attempt 2 succeeded after 310 ms}. */
        @Override
        public String toString() {
            return "attempt " + number + " succeeded after " + elapsed.toMillis() + " ms";
        }
    }

    /**
     * It failed.
     *
     * @param error           what with
     * @param delayBeforeNext until the next attempt, zero if a {@link CallGate} says when; {@code null} if there will be none, and the
     *                        error is the caller's
     */
    record Failed(
            int number,
            Duration elapsed,
            RuntimeException error,
            @Nullable Duration delayBeforeNext) implements AttemptEvent {

        /** Whether no further attempt follows. */
        public boolean isLast() {
            return delayBeforeNext == null;
        }

        /** Such as {@code attempt 1 failed after 12 ms, the next in 500 ms: ...}, with the error's type and message. */
        @Override
        public String toString() {
            return "attempt " + number + " failed after " + elapsed.toMillis() + " ms, "
                    + (delayBeforeNext == null ? "the last" : "the next in " + delayBeforeNext.toMillis() + " ms")
                    + ": " + error;
        }
    }
}
