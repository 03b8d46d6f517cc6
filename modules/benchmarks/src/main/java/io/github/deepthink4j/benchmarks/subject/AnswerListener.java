package io.github.deepthink4j.benchmarks.subject;

/** Hears a streamed answer, whichever library brings it. */
public interface AnswerListener {

    default void onThought(String piece) {}

    default void onText(String piece) {}

    /** @param response what the library gives at the end, or null if it gives pieces only */
    void onEnd(Object response);

    void onError(Throwable error);
}
