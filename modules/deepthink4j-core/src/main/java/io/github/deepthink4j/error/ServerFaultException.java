package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The server has failed (HTTP 5xx but 503). Worth another try.
 */
public final class ServerFaultException extends DeepSeekServerException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public ServerFaultException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("server_fault", message, details, cause);
    }
}
