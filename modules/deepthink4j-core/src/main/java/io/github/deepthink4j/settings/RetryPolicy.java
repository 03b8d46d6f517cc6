package io.github.deepthink4j.settings;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.internal.value.Components;
import io.github.deepthink4j.internal.value.PlainWords;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to send a request again: only before the first piece of an answer, and only after failures that may pass: HTTP
 * 408, 409, 429 and 5xx, refused and lost connections, empty answers, a tool call of the model that its host could not read. {@link Timeouts#total()} bounds all attempts.
 */
public final class RetryPolicy {

    /** 3 attempts, half a second, doubled up to 8 seconds, a quarter of jitter; waits a minute if asked to. */
    public static final RetryPolicy DEFAULT = custom().build();

    /** One attempt. */
    public static final RetryPolicy NONE = custom().maxAttempts(1).build();

    private static final int CONFLICT = 409;

    private final int maxAttempts;
    private final Duration baseDelay;
    private final Duration maxDelay;
    private final double jitter;
    private final Duration maxRetryAfter;
    private final boolean retryTimeouts;
    private final Consumer<AttemptEvent> onAttempt;

    private RetryPolicy(Builder builder) {
        if (builder.maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "RetryPolicy.maxAttempts must be at least 1, but is " + builder.maxAttempts);
        }
        this.baseDelay = Bounded.notNegative(builder.baseDelay, "RetryPolicy.baseDelay");
        this.maxDelay = Bounded.notNegative(builder.maxDelay, "RetryPolicy.maxDelay");
        this.maxRetryAfter = Bounded.notNegative(builder.maxRetryAfter, "RetryPolicy.maxRetryAfter");
        if (maxDelay.compareTo(baseDelay) < 0) {
            throw new IllegalArgumentException("RetryPolicy.maxDelay must not be shorter than baseDelay, but is "
                    + PlainWords.of(maxDelay) + ", and baseDelay " + PlainWords.of(baseDelay));
        }
        if (!(builder.jitter >= 0 && builder.jitter <= 1)) {
            throw new IllegalArgumentException("RetryPolicy.jitter must be between 0 and 1, but is " + builder.jitter);
        }
        this.maxAttempts = builder.maxAttempts;
        this.jitter = builder.jitter;
        this.retryTimeouts = builder.retryTimeouts;
        this.onAttempt = requireNonNull(builder.onAttempt, "RetryPolicy.onAttempt must not be null");
    }

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from another policy. */
    public static Builder from(RetryPolicy base) {
        return custom().maxAttempts(base.maxAttempts)
                .baseDelay(base.baseDelay)
                .maxDelay(base.maxDelay)
                .jitter(base.jitter)
                .maxRetryAfter(base.maxRetryAfter)
                .retryTimeouts(base.retryTimeouts)
                .onAttempt(base.onAttempt);
    }

    /** The first one included; 1 for no retry. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** Before the second attempt; doubled before each further one. */
    public Duration baseDelay() {
        return baseDelay;
    }

    /** What the doubling ends at. */
    public Duration maxDelay() {
        return maxDelay;
    }

    /**
     * 0 to 1: by which part of it a delay may be shortened or lengthened, so that many clients do not come back at the same
     * moment.
     */
    public double jitter() {
        return jitter;
    }

    /**
     * The longest wait that a server may ask for with {@code Retry-After}; if it asks for more, the call fails at once.
     */
    public Duration maxRetryAfter() {
        return maxRetryAfter;
    }

    /** Whether a request that timed out is sent again, although it may have been billed. */
    public boolean retryTimeouts() {
        return retryTimeouts;
    }

    /** Told of each attempt when it is over, on a delivery thread. What it throws is logged and costs nothing else. */
    public Consumer<AttemptEvent> onAttempt() {
        return onAttempt;
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
        if (error instanceof MalformedAnswerException malformed) {
            // Only the host knows that it was a slip of the model: an answer that is none has no status of an error.
            return malformed.httpStatus() != null;
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

    private Components components() {
        return Components.of(RetryPolicy.class)
                .with("maxAttempts", maxAttempts)
                .with("baseDelay", baseDelay)
                .with("maxDelay", maxDelay)
                .with("jitter", jitter)
                .with("maxRetryAfter", maxRetryAfter)
                .with("retryTimeouts", retryTimeouts)
                .with("onAttempt", onAttempt, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RetryPolicy that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    /** All but the listener, whose text says nothing. */
    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds a policy; what is not set stays as it is in the one it started from. */
    public static final class Builder {

        private static final Consumer<AttemptEvent> NOBODY = event -> {};

        private int maxAttempts = 3;
        private Duration baseDelay = Duration.ofMillis(500);
        private Duration maxDelay = Duration.ofSeconds(8);
        private double jitter = 0.25;
        private Duration maxRetryAfter = Duration.ofMinutes(1);
        private boolean retryTimeouts;
        private Consumer<AttemptEvent> onAttempt = NOBODY;

        private Builder() {}

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

        public Builder onAttempt(Consumer<AttemptEvent> onAttempt) {
            this.onAttempt = onAttempt;
            return this;
        }

        /**
         * @throws IllegalArgumentException if a number is out of its range, or a duration is negative or {@code null}
         */
        public RetryPolicy build() {
            return new RetryPolicy(this);
        }
    }
}
