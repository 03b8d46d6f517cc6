package io.github.deepthink4j.samples.rag.answer;

/** Sees an answer while it comes. */
public interface AnswerListener {

    /** Hears nothing. */
    AnswerListener NONE = new AnswerListener() {
        @Override
        public void thinking(String piece) {}

        @Override
        public void text(String sentence) {}
    };

    void thinking(String piece);

    /** The next sentence, marked where it has no source, or says what its source does not. */
    void text(String sentence);

    /** Something to be said beside the answer, such as that it could not be checked. */
    default void note(String text) {}

    /** What is done for the answer, such as a search, in one line; before the answer, or between its thoughts. */
    default void step(String line) {}

    /** A remark about the way to the answer, at its place. */
    default void aside(String remark) {}
}
