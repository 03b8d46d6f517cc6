package io.github.deepthink4j.samples.rag.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** How well passages are found. */
public record RetrievalFigures(List<Retrieved> questions) {

    public RetrievalFigures {
        questions = List.copyOf(questions);
    }

    /** Whether there was something to find, and nothing of it was found. */
    public boolean foundNothing() {
        return answerable() > 0
                && questions.stream()
                        .flatMap(question -> question.ranks().stream())
                        .allMatch(rank -> rank == 0);
    }

    public int answerable() {
        return (int) questions.stream().filter(Retrieved::answerable).count();
    }

    public int unanswerable() {
        return questions.size() - answerable();
    }

    /** Unanswerable questions for which no passage was above the threshold. */
    public int rightlyRefused() {
        return (int) questions.stream()
                .filter(question -> !question.answerable() && question.foundNothing())
                .count();
    }

    /** Answerable ones for which none was. */
    public int wronglyRefused() {
        return (int) questions.stream()
                .filter(question -> question.answerable() && question.foundNothing())
                .count();
    }

    /** The share of its expected passages that a question finds among the first k, on average. */
    public double recallAt(int k) {
        return mean(question -> question.recallAt(k));
    }

    /** The true recall@k lies in it. */
    public Interval recallIntervalAt(int k) {
        return Interval.ofShare(recallAt(k), answerable());
    }

    /** One over the rank of the first expected passage, on average. */
    public double meanReciprocalRank() {
        return mean(Retrieved::reciprocalRank);
    }

    private double mean(ToDoubleFunction<Retrieved> figure) {
        return questions.stream()
                .filter(Retrieved::answerable)
                .mapToDouble(figure)
                .average()
                .orElse(0);
    }
}
