package io.github.deepthink4j.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How many calls of a model may run and wait. Without any of the limits there is none. */
class LimitProperties {

    /** How many calls may run at a time; no limit by default. */
    private @Nullable Integer atMost;

    /** How many calls of one user may run at a time; no limit of its own by default. */
    private @Nullable Integer atMostPerUser;

    /** Whether the number of calls follows what the server takes, from 20 on; false by default. */
    private @Nullable Boolean adaptive;

    /** How many requests may begin in a minute; no limit by default. */
    private @Nullable Integer requestsPerMinute;

    /** How many tokens may be used in a minute; no limit by default. */
    private @Nullable Integer tokensPerMinute;

    /** How many calls may wait for their turn; 1000 by default. */
    private @Nullable Integer maxWaiting;

    /** How many calls of one user may wait; no limit of its own by default. */
    private @Nullable Integer maxWaitingPerUser;

    /** After how many refusals by the server in a row a call gives up; 10 by default. */
    private @Nullable Integer maxRefusals;

    /** The longest wait after a 429 that a server may ask for; a minute by default. */
    private @Nullable Duration maxRetryAfter;

    public @Nullable Integer getAtMost() {
        return atMost;
    }

    public void setAtMost(@Nullable Integer atMost) {
        this.atMost = atMost;
    }

    public @Nullable Integer getAtMostPerUser() {
        return atMostPerUser;
    }

    public void setAtMostPerUser(@Nullable Integer atMostPerUser) {
        this.atMostPerUser = atMostPerUser;
    }

    public @Nullable Boolean getAdaptive() {
        return adaptive;
    }

    public void setAdaptive(@Nullable Boolean adaptive) {
        this.adaptive = adaptive;
    }

    public @Nullable Integer getRequestsPerMinute() {
        return requestsPerMinute;
    }

    public void setRequestsPerMinute(@Nullable Integer requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    public @Nullable Integer getTokensPerMinute() {
        return tokensPerMinute;
    }

    public void setTokensPerMinute(@Nullable Integer tokensPerMinute) {
        this.tokensPerMinute = tokensPerMinute;
    }

    public @Nullable Integer getMaxWaiting() {
        return maxWaiting;
    }

    public void setMaxWaiting(@Nullable Integer maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    public @Nullable Integer getMaxWaitingPerUser() {
        return maxWaitingPerUser;
    }

    public void setMaxWaitingPerUser(@Nullable Integer maxWaitingPerUser) {
        this.maxWaitingPerUser = maxWaitingPerUser;
    }

    public @Nullable Integer getMaxRefusals() {
        return maxRefusals;
    }

    public void setMaxRefusals(@Nullable Integer maxRefusals) {
        this.maxRefusals = maxRefusals;
    }

    public @Nullable Duration getMaxRetryAfter() {
        return maxRetryAfter;
    }

    public void setMaxRetryAfter(@Nullable Duration maxRetryAfter) {
        this.maxRetryAfter = maxRetryAfter;
    }
}
