package io.github.deepthink4j.samples.rag.evaluation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A figure of two runs over the same questions, question by question: whether a difference is more than chance.
 *
 * @param before     on average
 * @param after      on average
 * @param gained     questions that are better now
 * @param lost       questions that are worse
 * @param difference where the true difference of the averages lies, by drawing the questions again and again
 * @param pairs      questions in both
 */
public record Comparison(
        String figure,
        double before,
        double after,
        List<String> gained,
        List<String> lost,
        Interval difference,
        int pairs) {

    private static final double SAME = 1e-9;

    /** All figures that both runs have. */
    public static List<Comparison> of(EvaluationRun before, EvaluationRun after) {
        List<Comparison> all = new ArrayList<>();
        List<Retrieved> was =
                before.retrieved().stream().filter(Retrieved::answerable).toList();
        List<Retrieved> is =
                after.retrieved().stream().filter(Retrieved::answerable).toList();
        all.add(of("recall@1", was, is, Retrieved::question, one -> one.recallAt(1)));
        all.add(of("recall@5", was, is, Retrieved::question, one -> one.recallAt(5)));
        all.add(of("mean reciprocal rank", was, is, Retrieved::question, Retrieved::reciprocalRank));
        all.add(of(
                "right answers", before.answered(), after.answered(), Answered::question, one -> one.right() ? 1 : 0));
        all.removeIf(one -> one.pairs() == 0);
        return all;
    }

    private static <T> Comparison of(
            String figure, List<T> before, List<T> after, Function<T, String> name, ToDoubleFunction<T> value) {
        Map<String, Deque<Double>> was = new HashMap<>();
        before.forEach(one ->
                was.computeIfAbsent(name.apply(one), any -> new ArrayDeque<>()).add(value.applyAsDouble(one)));
        List<String> gained = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        List<Double> differences = new ArrayList<>();
        double sumBefore = 0;
        double sumAfter = 0;
        for (T one : after) {
            // The same question may be there twice.
            Double old = was.getOrDefault(name.apply(one), new ArrayDeque<>()).poll();
            if (old == null) {
                continue;
            }
            double now = value.applyAsDouble(one);
            sumBefore += old;
            sumAfter += now;
            differences.add(now - old);
            if (now > old + SAME) {
                gained.add(name.apply(one));
            } else if (now < old - SAME) {
                lost.add(name.apply(one));
            }
        }
        int pairs = differences.size();
        return new Comparison(
                figure, sumBefore / pairs, sumAfter / pairs, gained, lost, Interval.ofMean(differences), pairs);
    }

    /**
     * How probable it is that chance makes as many more gains than losses, or losses than gains: the sign test, which is McNemar's exact
     * one where a question is right or wrong.
     */
    public double probabilityByChance() {
        int changed = gained.size() + lost.size();
        int fewer = Math.min(gained.size(), lost.size());
        double tail = 0;
        double logarithm = changed * Math.log(0.5);
        for (int i = 0; i <= fewer; i++) {
            tail += Math.exp(logarithm);
            logarithm += Math.log((double) (changed - i) / (i + 1));
        }
        return Math.min(1, 2 * tail);
    }
}
