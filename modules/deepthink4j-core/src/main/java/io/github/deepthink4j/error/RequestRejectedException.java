package io.github.deepthink4j.error;

import dev.langchain4j.exception.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The server does not accept the request (HTTP 400, 413, 422 and other 4xx, and redirects, which are never followed).
 */
public final class RequestRejectedException extends InvalidRequestException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public RequestRejectedException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "request_rejected";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
