package io.github.deepthink4j.error;

import dev.langchain4j.exception.UnresolvedModelServerException;
import org.jspecify.annotations.Nullable;

/**
 * The server could not be reached, or hung up before it answered. The request has not been answered, and mostly not
 * even read.
 */
public final class ConnectionFailedException extends UnresolvedModelServerException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;
    private final Reason reason;

    /** Why there is no connection. */
    public enum Reason {
        /** Nobody listens there, or a proxy on the way has let nobody through. */
        REFUSED,
        /** There is no such host. */
        UNKNOWN_HOST,
        /** No secure connection could be agreed upon. */
        TLS,
        /** The server hung up before it answered. */
        RESET,
        /** The executor that was to run the callbacks has refused to. */
        EXECUTOR,
        /** The model was closed while the call ran. */
        CLOSED,
        /** Anything else. */
        OTHER
    }

    /** An error with a message of its own. */
    public ConnectionFailedException(String message, ErrorDetails details, @Nullable Throwable cause, Reason reason) {
        super(message, cause);
        this.details = details;
        this.reason = reason;
    }

    /** Why there is no connection. */
    public Reason reason() {
        return reason;
    }

    @Override
    public String code() {
        return "connection_failed";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
