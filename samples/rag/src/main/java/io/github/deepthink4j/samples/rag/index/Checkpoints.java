package io.github.deepthink4j.samples.rag.index;

import java.util.function.LongSupplier;

/**
 * When to write the index during a long run. Each write writes all of it, so writing may take a tenth of the time: a
 * kill costs little work, and a large folder is not written in the square of its size.
 */
final class Checkpoints {

    private static final int SHARE = 10;

    private final LongSupplier nanoClock;
    private long lastEnd;
    private long lastDuration;

    Checkpoints(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.lastEnd = nanoClock.getAsLong();
    }

    boolean due() {
        return nanoClock.getAsLong() - lastEnd >= lastDuration * SHARE;
    }

    /** A write has begun at this time and is over now. */
    void written(long begin) {
        lastEnd = nanoClock.getAsLong();
        lastDuration = lastEnd - begin;
    }

    long now() {
        return nanoClock.getAsLong();
    }
}
