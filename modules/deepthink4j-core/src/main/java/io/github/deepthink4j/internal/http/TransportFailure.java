package io.github.deepthink4j.internal.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an exchange has no proper end.
 *
 * @param limit the limit that was exceeded, for a timeout
 * @param cause what was thrown, if something was
 */
public record TransportFailure(
        Kind kind, @Nullable Duration limit, @Nullable Throwable cause) {

    /** What happened. */
    public enum Kind {
        /** Nobody listens there. */
        REFUSED,
        /** There is no such host. */
        UNKNOWN_HOST,
        /** No secure connection came about. */
        TLS,
        /** The server hung up before the head of its response. */
        RESET,
        /** The body broke off. */
        CUT,
        CONNECT_TIMEOUT,
        FIRST_BYTE_TIMEOUT,
        IDLE_TIMEOUT,
        TOTAL_TIMEOUT,
        /** The user's executor has refused to run the callbacks. */
        REJECTED,
        /** The body is in a content coding that nobody has asked for, or is broken in its coding. */
        CODING,
        /** What was to be sent is not what it was any more. */
        FILE,
        /** The model was closed. */
        CLOSED,
        /** Anything else, such as a listener that has thrown. */
        OTHER
    }
}
