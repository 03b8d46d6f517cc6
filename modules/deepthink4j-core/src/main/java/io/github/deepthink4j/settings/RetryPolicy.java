package io.github.deepthink4j.settings;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to send a request again: only before the first piece of an answer, and only after failures that may pass: HTTP
 * 408, 409, 429 and 5xx, refused and lost connections, empty answers. {@link Timeouts#total()} bounds all attempts.
 *
 * @param maxAttempts   the first one included; 1 for no retry
 * @param baseDelay     before the second attempt; doubled before each further one
 * @param maxDelay      what the doubling ends at
 * @param jitter        0 to 1: by which part of it a delay may be shortened or lengthened, so that many clients do not
 *                      come back at the same moment
 * @param maxRetryAfter the longest wait that a server may ask for with {@code Retry-After}; if it asks for more, the call
 *                      fails at once
 * @param retryTimeouts whether a request that timed out is sent again, although it may have been billed
 * @param onAttempt     told of each attempt when it is over, on a delivery thread
 */
public record RetryPolicy(
        int maxAttempts,
        Duration baseDelay,
        Duration maxDelay,
        double jitter,
        Duration maxRetryAfter,
        boolean retryTimeouts,
        Consumer<Attempt> onAttempt) {

    /** 3 attempts, half a second, doubled up to 8 seconds, a quarter of jitter; waits a minute if asked to. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            3, Duration.ofMillis(500), Duration.ofSeconds(8), 0.25, Duration.ofMinutes(1), false, attempt -> {});

    /** One attempt. */
    public static final RetryPolicy NONE = from(DEFAULT).maxAttempts(1).build();

    private static final int CONFLICT = 409;

    /**
     * A failed attempt.
     *
     * @param number          1 for the first
     * @param error           what it failed with
     * @param delayBeforeNext until the next one; {@code null} if there will be none
     */
    public record Attempt(
            int number, RuntimeException error, @Nullable Duration delayBeforeNext) {}

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, but is " + maxAttempts);
        }
        if (baseDelay.isNegative() || maxDelay.compareTo(baseDelay) < 0) {
            throw new IllegalArgumentException("baseDelay must not be negative, nor longer than maxDelay");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be between 0 and 1, but is " + jitter);
        }
        requireNonNull(maxRetryAfter, "maxRetryAfter");
        requireNonNull(onAttempt, "onAttempt");
    }

    /** Whether a failure may pass, if one tries again. */
    public boolean retries(RuntimeException error) {
        if (error instanceof DeepSeekTimeoutException timeout) {
            return retryTimeouts || timeout.phase() == Phase.SERVER;
        }
        if (error instanceof ConnectionFailedException failed) {
            return failed.reason() == Reason.REFUSED || failed.reason() == Reason.RESET;
        }
        if (error instanceof RequestRejectedException rejected) {
            return Integer.valueOf(CONFLICT).equals(rejected.httpStatus());
        }
        return error instanceof DeepSeekRateLimitException
                || error instanceof ServerOverloadedException
                || error instanceof ServerFaultException
                || error instanceof EmptyAnswerException
                || error instanceof StreamCutException;
    }

    /**
     * How long to wait.
     *
     * @param failedAttempts so far, at least 1
     * @param retryAfter     what the server asked for
     * @return {@code null} if the server asks for more than {@link #maxRetryAfter()}
     */
    public @Nullable Duration delay(int failedAttempts, @Nullable Duration retryAfter, RandomGenerator random) {
        if (retryAfter != null) {
            return retryAfter.compareTo(maxRetryAfter) > 0 ? null : retryAfter;
        }
        double doubled = baseDelay.toNanos() * Math.pow(2, failedAttempts - 1.0);
        double capped = Math.min(doubled, maxDelay.toNanos());
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofNanos(Math.round(capped * factor));
    }

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder custom() {
        return from(DEFAULT);
    }

    /** A builder that starts from another policy. */
    public static Builder from(RetryPolicy base) {
        return new Builder(base);
    }

    /** Builds a policy. */
    public static final class Builder {

        private int maxAttempts;
        private Duration baseDelay;
        private Duration maxDelay;
        private double jitter;
        private Duration maxRetryAfter;
        private boolean retryTimeouts;
        private Consumer<Attempt> onAttempt;

        private Builder(RetryPolicy base) {
            this.maxAttempts = base.maxAttempts;
            this.baseDelay = base.baseDelay;
            this.maxDelay = base.maxDelay;
            this.jitter = base.jitter;
            this.maxRetryAfter = base.maxRetryAfter;
            this.retryTimeouts = base.retryTimeouts;
            this.onAttempt = base.onAttempt;
        }

        public Builder maxAttempts(int maxAttempts) {
            this.maxAttempts = maxAttempts;
            return this;
        }

        public Builder baseDelay(Duration baseDelay) {
            this.baseDelay = baseDelay;
            return this;
        }

        public Builder maxDelay(Duration maxDelay) {
            this.maxDelay = maxDelay;
            return this;
        }

        public Builder jitter(double jitter) {
            this.jitter = jitter;
            return this;
        }

        public Builder maxRetryAfter(Duration maxRetryAfter) {
            this.maxRetryAfter = maxRetryAfter;
            return this;
        }

        public Builder retryTimeouts(boolean retryTimeouts) {
            this.retryTimeouts = retryTimeouts;
            return this;
        }

        public Builder onAttempt(Consumer<Attempt> onAttempt) {
            this.onAttempt = onAttempt;
            return this;
        }

        /**
         * @throws IllegalArgumentException if a number is out of its range
         */
        public RetryPolicy build() {
            return new RetryPolicy(maxAttempts, baseDelay, maxDelay, jitter, maxRetryAfter, retryTimeouts, onAttempt);
        }
    }
}
