package io.github.deepthink4j.samples.rag.document;

/** Whoever watched did not want to wait for the rest. */
final class StoppedException extends Exception {

    private static final long serialVersionUID = 1L;
}
