package io.github.deepthink4j.error;

import dev.langchain4j.exception.InternalServerException;
import org.jspecify.annotations.Nullable;

/**
 * The server has failed (HTTP 5xx but 503). Worth another try.
 */
public final class ServerFaultException extends InternalServerException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public ServerFaultException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "server_fault";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
