package io.github.deepthink4j.samples.rag.evaluation;

/**
 * How well questions are answered.
 *
 * @param rightlyAnswered answers that say what was expected
 * @param answerable      questions that have an answer in the documents
 * @param rightlyRefused  unanswerable questions that got no answer
 * @param unanswerable    questions that have none
 * @param rightlyCited    answers that cite an expected passage
 * @param wronglyRefused  answerable questions that got no answer
 * @param unsourced       claims that cite nothing
 * @param unsupported     sentences that say what the passages they cite do not
 * @param notAsked        questions that cost nothing, since no passage was near enough
 */
public record AnswerFigures(
        int rightlyAnswered,
        int answerable,
        int rightlyRefused,
        int unanswerable,
        int rightlyCited,
        int wronglyRefused,
        int unsourced,
        int unsupported,
        int notAsked) {

    static final AnswerFigures NONE = new AnswerFigures(0, 0, 0, 0, 0, 0, 0, 0, 0);

    AnswerFigures and(AnswerFigures other) {
        return new AnswerFigures(
                rightlyAnswered + other.rightlyAnswered,
                answerable + other.answerable,
                rightlyRefused + other.rightlyRefused,
                unanswerable + other.unanswerable,
                rightlyCited + other.rightlyCited,
                wronglyRefused + other.wronglyRefused,
                unsourced + other.unsourced,
                unsupported + other.unsupported,
                notAsked + other.notAsked);
    }

    int right() {
        return rightlyAnswered + rightlyRefused;
    }
}
