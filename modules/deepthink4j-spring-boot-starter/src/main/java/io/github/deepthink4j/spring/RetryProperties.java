package io.github.deepthink4j.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When to send a request again. */
class RetryProperties {

    /** How often a request is sent at most, the first time included; 3 by default, 1 for no retry. */
    private @Nullable Integer maxAttempts;

    /** Before the second attempt, doubled before each further one; half a second by default. */
    private @Nullable Duration baseDelay;

    /** What the doubling ends at; 8 seconds by default. */
    private @Nullable Duration maxDelay;

    /** By which part a delay may be shortened or lengthened, 0 to 1; 0.25 by default. */
    private @Nullable Double jitter;

    /** The longest wait that a server may ask for; a minute by default. If it asks for more, the call fails at once. */
    private @Nullable Duration maxRetryAfter;

    /** Whether a request that timed out is sent again, although it may have been billed; false by default. */
    private @Nullable Boolean retryTimeouts;

    public @Nullable Integer getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(@Nullable Integer maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    public @Nullable Duration getBaseDelay() {
        return baseDelay;
    }

    public void setBaseDelay(@Nullable Duration baseDelay) {
        this.baseDelay = baseDelay;
    }

    public @Nullable Duration getMaxDelay() {
        return maxDelay;
    }

    public void setMaxDelay(@Nullable Duration maxDelay) {
        this.maxDelay = maxDelay;
    }

    public @Nullable Double getJitter() {
        return jitter;
    }

    public void setJitter(@Nullable Double jitter) {
        this.jitter = jitter;
    }

    public @Nullable Duration getMaxRetryAfter() {
        return maxRetryAfter;
    }

    public void setMaxRetryAfter(@Nullable Duration maxRetryAfter) {
        this.maxRetryAfter = maxRetryAfter;
    }

    public @Nullable Boolean getRetryTimeouts() {
        return retryTimeouts;
    }

    public void setRetryTimeouts(@Nullable Boolean retryTimeouts) {
        this.retryTimeouts = retryTimeouts;
    }
}
