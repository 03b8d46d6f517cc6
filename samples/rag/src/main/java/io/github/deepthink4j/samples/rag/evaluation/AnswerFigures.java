package io.github.deepthink4j.samples.rag.evaluation;

import java.util.List;
import java.util.function.Predicate;

/** How well questions are answered. */
public record AnswerFigures(List<Answered> answers) {

    public AnswerFigures {
        answers = List.copyOf(answers);
    }

    /** Questions that have an answer in the documents. */
    public int answerable() {
        return count(Answered::answerable);
    }

    /** Answers that say what was expected. */
    public int rightlyAnswered() {
        return count(answer -> answer.answerable() && answer.right());
    }

    /** The true share of right answers lies in it, as far as these questions can tell. */
    public Interval rightness() {
        return Interval.ofShare(answerable() == 0 ? 0 : (double) rightlyAnswered() / answerable(), answerable());
    }

    /** Answers that cite an expected passage. */
    public int rightlyCited() {
        return count(answer -> answer.answerable() && answer.cites());
    }

    /** Answerable questions for which an expected passage was read: what goes wrong with these is the reasoner's. */
    public int read() {
        return count(answer -> answer.answerable() && answer.read());
    }

    public int rightOfThoseRead() {
        return count(answer -> answer.answerable() && answer.read() && answer.right());
    }

    /** Questions that have no answer. */
    public int unanswerable() {
        return count(answer -> !answer.answerable());
    }

    public int rightlyRefused() {
        return count(answer -> !answer.answerable() && answer.refused());
    }

    /** Answerable questions that got no answer. */
    public int wronglyRefused() {
        return count(answer -> answer.answerable() && answer.refused());
    }

    /** Claims that cite nothing. */
    public int unsourced() {
        return answers.stream().mapToInt(Answered::unsourced).sum();
    }

    /** Sentences that say what the passages they cite do not. */
    public int unsupported() {
        return answers.stream().mapToInt(Answered::unsupported).sum();
    }

    /** Questions that cost nothing, since no passage was near enough. */
    public int notAsked() {
        return count(answer -> !answer.asked());
    }

    private int count(Predicate<Answered> which) {
        return (int) answers.stream().filter(which).count();
    }
}
