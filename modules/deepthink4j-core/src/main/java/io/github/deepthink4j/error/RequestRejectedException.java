package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The server does not accept the request (HTTP 400, 413, 422 and other 4xx, and redirects, which are never followed), or the file that it
 * was to bring has changed while it was sent.
 */
public final class RequestRejectedException extends DeepSeekRequestException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public RequestRejectedException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("request_rejected", message, details, cause);
    }
}
