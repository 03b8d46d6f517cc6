package io.github.deepthink4j.internal.http;

/** Sends requests and delivers what comes back as it comes. Thread-safe. */
public interface Transport extends AutoCloseable {

    /**
     * Starts an exchange. Never blocks, and never calls the listener on the caller's thread.
     *
     * @return stops the exchange
     */
    TransportCall send(TransportRequest request, TransportListener listener);

    /** Lets go of what the transport holds; running exchanges go on. */
    @Override
    void close();
}
