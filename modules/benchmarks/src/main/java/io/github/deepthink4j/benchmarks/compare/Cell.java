package io.github.deepthink4j.benchmarks.compare;

import java.util.List;
import java.util.Locale;

/** The values of the passes: their median, and between which they lie. */
public record Cell(double median, double least, double most) {

    static Cell of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return new Cell(Double.NaN, Double.NaN, Double.NaN);
        }
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Cell(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    @Override
    public String toString() {
        return Double.isNaN(median) ? "" : number(median) + " (" + number(least) + " to " + number(most) + ")";
    }

    /** With three figures that count. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size == Math.rint(size) || size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
