package io.github.deepthink4j.tokens;

/**
 * By how much estimates were wrong lately, as a factor. Large requests weigh more than small ones, new ones more than old
 * ones.
 */
final class Calibration {

    /** What a request counts for when the next one comes. */
    private static final double FADING = 0.8;

    /** An answer that is further off than this belongs to another model, or to a request with something uncounted in it. */
    private static final double MOST = 4;

    private double estimated;
    private double real;
    private volatile double factor = 1;

    double factor() {
        return factor;
    }

    synchronized void learn(int estimate, int count) {
        if (estimate < 1 || count < 1 || count > MOST * estimate || estimate > MOST * count) {
            return;
        }
        estimated = FADING * estimated + estimate;
        real = FADING * real + count;
        factor = real / estimated;
    }
}
