package io.github.deepthink4j.samples.rag.evaluation;

/**
 * What was answered to a question.
 *
 * @param answerable  whether a document holds the answer
 * @param right       whether the answer says what was expected, or, where nothing was, says that it is not there
 * @param refused     whether it says that it is not there
 * @param read        whether an expected passage was among those that the reasoner read
 * @param cites       whether it cites one
 * @param unsourced   claims that cite nothing
 * @param unsupported sentences that say what the passages they cite do not
 * @param asked       whether the reasoner was asked at all
 */
public record Answered(
        String question,
        boolean answerable,
        boolean right,
        boolean refused,
        boolean read,
        boolean cites,
        int unsourced,
        int unsupported,
        boolean asked) {}
