package io.github.deepthink4j.samples.rag.evaluation;

import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.samples.rag.answer.Answer;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How questions that need several passages are answered in one way.
 *
 * @param right      answers that say what was expected
 * @param answerable questions that have an answer in the documents
 * @param recall     the sum of the shares of their passages that were read
 * @param whole      questions all of whose passages were read
 * @param refused    unanswerable questions that got no answer
 * @param unanswerable how many there are
 * @param rounds     of searching, of all questions together
 * @param tokens     read and written, of all questions together
 * @param cost       of all questions together
 */
public record HopFigures(
        int right,
        int answerable,
        double recall,
        int whole,
        int refused,
        int unanswerable,
        long rounds,
        long tokens,
        Cost cost) {

    /** Of no question yet. */
    public static HopFigures none(Cost nothing) {
        return new HopFigures(0, 0, 0, 0, 0, 0, 0, 0, nothing);
    }

    /** Of one question. */
    public static HopFigures of(ExpectedAnswer question, Answer answer, long rounds, long tokens, Cost cost) {
        boolean refused = answer.refused();
        if (!question.isAnswerable()) {
            return new HopFigures(0, 0, 0, 0, refused ? 1 : 0, 1, rounds, tokens, cost);
        }
        boolean right = !refused && question.isRight(answer.text());
        Set<String> read = answer.passages().stream().map(HopFigures::name).collect(Collectors.toSet());
        double recall = question.expected().stream()
                .mapToInt(expected -> read.contains(expected) ? 1 : 0)
                .average()
                .orElse(0);
        return new HopFigures(right ? 1 : 0, 1, recall, recall == 1 ? 1 : 0, 0, 0, rounds, tokens, cost);
    }

    private static String name(Passage passage) {
        return passage.file() + "#" + passage.heading();
    }

    public HopFigures and(HopFigures other) {
        return new HopFigures(
                right + other.right,
                answerable + other.answerable,
                recall + other.recall,
                whole + other.whole,
                refused + other.refused,
                unanswerable + other.unanswerable,
                rounds + other.rounds,
                tokens + other.tokens,
                cost.add(other.cost));
    }

    public int questions() {
        return answerable + unanswerable;
    }

    /** The share of its passages that a question gets to read, on average. */
    public double meanRecall() {
        return answerable == 0 ? 0 : recall / answerable;
    }

    /** Whether nothing was done that should not have been, of a single question. */
    public boolean allRight() {
        return right == answerable && refused == unanswerable;
    }
}
