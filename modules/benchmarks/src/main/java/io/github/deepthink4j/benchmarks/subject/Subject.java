package io.github.deepthink4j.benchmarks.subject;

/**
 * A library under test, asked in the cheapest way it offers: no listener, no advisor, no putting together of what it does
 * not put together by itself.
 */
public interface Subject extends AutoCloseable {

    /** Asks for a streamed answer. */
    Cancel stream(String question, AnswerListener listener);

    /** Asks for the answer in one body, and gives its text. */
    String ask(String question);

    @Override
    default void close() {}

    /** Stops an answer. */
    @FunctionalInterface
    interface Cancel {

        /** @return false if the library offers no way to stop the answer at this point */
        boolean cancel();
    }
}
