package io.github.deepthink4j.samples.rag.evaluation;

import java.util.List;

/**
 * What a question has found.
 *
 * @param answerable   whether a document holds the answer
 * @param ranks        at which rank each of its expected passages was found; 0 for not at all
 * @param foundNothing whether no passage was above the threshold
 */
public record Retrieved(String question, boolean answerable, List<Integer> ranks, boolean foundNothing) {

    public Retrieved {
        ranks = ranks == null ? List.of() : List.copyOf(ranks);
    }

    /** The share of its expected passages among the first k. */
    public double recallAt(int k) {
        return ranks.stream()
                .mapToInt(rank -> rank > 0 && rank <= k ? 1 : 0)
                .average()
                .orElse(0);
    }

    /** One over the rank of the first one. */
    public double reciprocalRank() {
        return ranks.stream()
                .mapToDouble(rank -> rank > 0 ? 1.0 / rank : 0)
                .max()
                .orElse(0);
    }
}
