package io.github.deepthink4j.internal.http;

/** A running exchange, from the side of whoever started it. All methods work from any thread and at any time. */
public interface TransportCall {

    /** Closes the connection at once; the listener is not called again. Does nothing when all is over. */
    void cancel();

    /** Closes the connection at once; the listener is told that there will be no more, after what came before. */
    void abort();

    /**
     * The listener has all that it wants: no more bytes come to it. What is left of the body is read for a moment, so that the
     * connection can serve the next call; if the server does not end it by then, the connection is closed. Does nothing when all
     * is over.
     */
    void drain();

    /** Whether {@link #cancel()} came before the end. */
    boolean isCancelled();

    /** After what is being delivered now, reads nothing more from the connection until {@link #resume()}. */
    void pause();

    /** Goes on reading. */
    void resume();
}
