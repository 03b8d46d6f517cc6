package io.github.deepthink4j.samples.rag.evaluation;

import java.util.List;

/**
 * How well passages are found.
 *
 * @param ranks for each answerable question, at which rank each of its expected passages was found; 0 for not at all
 * @param rightlyRefused unanswerable questions for which no passage was above the threshold
 * @param unanswerable   how many there are
 * @param wronglyRefused answerable questions for which none was
 */
public record RetrievalFigures(List<List<Integer>> ranks, int rightlyRefused, int unanswerable, int wronglyRefused) {

    public RetrievalFigures {
        ranks = List.copyOf(ranks);
    }

    /** Whether there was something to find, and nothing of it was found. */
    public boolean foundNothing() {
        return !ranks.isEmpty() && ranks.stream().flatMap(List::stream).allMatch(rank -> rank == 0);
    }

    /** The share of its expected passages that a question finds among the first k, on average. */
    public double recallAt(int k) {
        return ranks.stream()
                .mapToDouble(found -> found.stream()
                        .mapToInt(rank -> rank > 0 && rank <= k ? 1 : 0)
                        .average()
                        .orElse(0))
                .average()
                .orElse(0);
    }

    /**
     * Half the width of the interval that the true recall@k lies in with a probability of 95 %, as far as these questions can tell:
     * Wilson's, which holds for few questions as well.
     */
    public double recallMargin(int k) {
        if (ranks.isEmpty()) {
            return 0;
        }
        double n = ranks.size();
        double z = 1.96;
        double p = recallAt(k);
        return z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    }

    /** One over the rank of the first expected passage, on average. */
    public double meanReciprocalRank() {
        return ranks.stream()
                .mapToDouble(found -> found.stream()
                        .mapToDouble(rank -> rank > 0 ? 1.0 / rank : 0)
                        .max()
                        .orElse(0))
                .average()
                .orElse(0);
    }
}
