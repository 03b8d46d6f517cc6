package io.github.deepthink4j.limit;

import java.util.OptionalInt;

/**
 * How many calls may run at a time. Where it is to be learnt: a refusal says that one more than what runs is too many, so that is the
 * limit from then on, at least one; and when as many calls as the limit have gone well while all places were taken, one more is tried.
 */
final class Concurrency {

    private final boolean adaptive;
    private final int most;
    private int limit;
    private int wentWell;
    private boolean learnt;

    Concurrency(int start, int most, boolean adaptive) {
        this.limit = start;
        this.most = most;
        this.adaptive = adaptive;
    }

    int limit() {
        return limit;
    }

    /** Whether refusals have made it what it is. */
    boolean isLearnt() {
        return learnt;
    }

    boolean isAdaptive() {
        return adaptive;
    }

    /**
     * @param running the others
     * @param told    the limit by the server's words
     * @return whether the refused call has to wait now until another one ends
     */
    boolean refused(int running, OptionalInt told) {
        if (!adaptive) {
            return false;
        }
        limit = Math.max(1, Math.min(limit, Math.min(running, told.orElse(Integer.MAX_VALUE))));
        wentWell = 0;
        learnt = true;
        return running >= limit;
    }

    /**
     * @param wasFull whether the call had the last of the places: else it proves nothing
     */
    void wentWell(boolean wasFull) {
        if (adaptive && wasFull && ++wentWell >= limit && limit < most) {
            limit++;
            wentWell = 0;
        }
    }
}
