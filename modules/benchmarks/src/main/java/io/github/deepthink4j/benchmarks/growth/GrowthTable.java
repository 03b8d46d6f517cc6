package io.github.deepthink4j.benchmarks.growth;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Something that is done with more and more.
 *
 * @param unit what there is more and more of
 * @param work made ready for a size; each run does it once
 */
record GrowthTable(String name, String unit, int[] sizes, IntFunction<Runnable> work) {

    /** Without the sizes above one. */
    GrowthTable upTo(int largest) {
        IntUnaryOperator smaller = size -> Math.min(size, largest);
        return new GrowthTable(
                name, unit, Arrays.stream(sizes).map(smaller).distinct().toArray(), work);
    }
}
