package io.github.deepthink4j.limit;

import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.settings.CallGate;
import java.time.Duration;

/**
 * A limit on the calls that run at a time, and on those that begin in a minute: {@code DeepSeekChatModel.builder().gates(CallLimit.atMost(10))}.
 * Models that are given the same object share it; servers count by account and model, so there should be one for each of those.
 *
 * <p>A call that has to wait holds no thread: its future or stream begins later; a caller of {@code chat} waits as it does for the
 * answer, and may be interrupted. Users, by the user id of their requests, take turns: while a user waits, no other user gets more
 * than one call in between two calls of his, or before his first; unless he has as many calls running as one user may have. The calls of one user go in their order.
 *
 * <p>After a 429 no call is sent until the time that {@code Retry-After} names, or else for half a second, doubled with each 429
 * that follows, up to eight seconds; an adaptive limit that has calls running lets a first 429 take their places away instead. The refused call waits again, as the next of its user, so the retry policy is not asked.
 */
public interface CallLimit extends CallGate {

    /** At most so many calls at a time; the number does not change. */
    static CallLimit atMost(int calls) {
        return builder().atMost(calls).build();
    }

    /**
     * As many calls at a time as the server takes: a 429 makes it what the server had taken by then, and as many answers as that one
     * more. It begins at 20.
     */
    static CallLimit adaptive() {
        return builder().adaptive(20, 2_500).build();
    }

    /** A builder that starts from no limit but that on those who wait. */
    static Builder builder() {
        return new Builder();
    }

    /** Calls that have been sent and are not over. */
    int running();

    /** Calls that wait for their turn. */
    int waiting();

    /** How many may run at a time by now; {@link Integer#MAX_VALUE} if there is no such limit. */
    int concurrency();

    /** How often the server has refused a call with a 429 so far. */
    long refusals();

    /** Builds a limit. */
    final class Builder {

        /** Waits are counted in nanoseconds, of which a {@code long} holds those of 292 years. */
        private static final Duration LONGEST = Duration.ofDays(36_500);

        int concurrency = Integer.MAX_VALUE;
        int most = Integer.MAX_VALUE;
        int mostPerUser = Integer.MAX_VALUE;
        boolean adaptive;
        private boolean fixed;
        long requestsPerMinute;
        long tokensPerMinute;
        int maxWaiting = 1_000;
        int maxWaitingPerUser = Integer.MAX_VALUE;
        int maxRefusals = 10;
        Duration maxRetryAfter = Duration.ofMinutes(1);
        Scheduler scheduler = Scheduler.SYSTEM;

        private Builder() {}

        /**
         * At most so many calls at a time; the number does not change.
         *
         * @throws IllegalArgumentException if it is less than 1, or if the limit is {@link #adaptive} already
         */
        public Builder atMost(int calls) {
            refuseBoth(adaptive);
            concurrency = atLeast(1, calls, "atMost");
            most = calls;
            fixed = true;
            return this;
        }

        /**
         * As many calls at a time as the server takes.
         *
         * @param start at first, until a 429 says that it is too many
         * @param most  however well it goes
         * @throws IllegalArgumentException if {@code start} is less than 1 or more than {@code most}, or if the limit is
         *                                  {@link #atMost} so many already
         */
        public Builder adaptive(int start, int most) {
            refuseBoth(fixed);
            concurrency = atLeast(1, start, "start");
            this.most = atLeast(start, most, "most");
            adaptive = true;
            return this;
        }

        private static void refuseBoth(boolean isSecond) {
            if (isSecond) {
                throw new IllegalArgumentException(
                        "a limit is either atMost(n) or adaptive(start, most): the one does not change and the"
                                + " other does; a number that it must not go beyond is the second one of adaptive");
            }
        }

        /**
         * At most so many calls of one user at a time, beside the limit for all; no such limit by default. Where an account has been
         * given more, DeepSeek counts each user id by itself (docs/protocol.md, section 3).
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder atMostPerUser(int calls) {
            mostPerUser = atLeast(1, calls, "atMostPerUser");
            return this;
        }

        /**
         * At most so many requests within any minute, retries included; no such limit by default. A minute is counted from the sending of
         * a request, and as 61 seconds, since the server counts from its arrival.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder requestsPerMinute(int requests) {
            requestsPerMinute = atLeast(1, requests, "requestsPerMinute");
            return this;
        }

        /**
         * At most so many tokens within any minute, counted as for {@link #requestsPerMinute}; no such limit by default. A request
         * counts as three tokens for ten bytes (the most of DeepSeek's ratios) until its answer says what it has used; for good if that
         * says nothing, or that it was no token at all. One that is larger than the limit goes alone: as soon as nothing else counts.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder tokensPerMinute(int tokens) {
            tokensPerMinute = atLeast(1, tokens, "tokensPerMinute");
            return this;
        }

        /**
         * How many calls may wait; 1,000 by default. One more fails at once with a {@code CallQueueFullException}.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxWaiting(int calls) {
            maxWaiting = atLeast(0, calls, "maxWaiting");
            return this;
        }

        /**
         * How many calls of one user may wait, so that one can't fill the queue for all; no such limit by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxWaitingPerUser(int calls) {
            maxWaitingPerUser = atLeast(0, calls, "maxWaitingPerUser");
            return this;
        }

        /**
         * How often one call is sent again after a 429; 10 by default. After one more, the 429 is the caller's.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxRefusals(int refusals) {
            maxRefusals = atLeast(0, refusals, "maxRefusals");
            return this;
        }

        /**
         * The longest wait that a server may ask for with {@code Retry-After}; a minute by default. If it asks for more, the refused
         * call fails at once, and all others are held for this long. Of more than a hundred years it is a hundred.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxRetryAfter(Duration maxRetryAfter) {
            if (maxRetryAfter.isNegative()) {
                throw new IllegalArgumentException("maxRetryAfter must not be negative, but is " + maxRetryAfter);
            }
            this.maxRetryAfter = maxRetryAfter.compareTo(LONGEST) > 0 ? LONGEST : maxRetryAfter;
            return this;
        }

        /** Tests bring their own time. */
        Builder scheduler(Scheduler scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        public CallLimit build() {
            return new QueuedCallLimit(this);
        }

        private static int atLeast(int least, int given, String name) {
            if (given < least) {
                throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + given);
            }
            return given;
        }
    }
}
