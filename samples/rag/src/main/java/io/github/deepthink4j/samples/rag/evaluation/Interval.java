package io.github.deepthink4j.samples.rag.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Where a figure lies with a probability of 95 %, as far as these questions can tell. */
public record Interval(double low, double high) {

    private static final double Z = 1.96;
    private static final int SAMPLES = 10_000;

    /** Any: the same for each run. */
    private static final long SEED = 20_250_117;

    /** Wilson's for a share of n, which holds for few questions as well. */
    public static Interval ofShare(double share, int n) {
        if (n == 0) {
            return new Interval(0, 1);
        }
        double z2 = Z * Z / n;
        double middle = (share + z2 / 2) / (1 + z2);
        double half = Z / (1 + z2) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n));
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /** Of a mean, by drawing the values again and again. */
    static Interval ofMean(List<Double> values) {
        if (values.isEmpty()) {
            return new Interval(0, 0);
        }
        Random random = new Random(SEED);
        double[] means = new double[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            double sum = 0;
            for (int i = 0; i < values.size(); i++) {
                sum += values.get(random.nextInt(values.size()));
            }
            means[sample] = sum / values.size();
        }
        Arrays.sort(means);
        return new Interval(means[(int) (SAMPLES * 0.025)], means[(int) (SAMPLES * 0.975) - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f to %.2f", low, high);
    }
}
