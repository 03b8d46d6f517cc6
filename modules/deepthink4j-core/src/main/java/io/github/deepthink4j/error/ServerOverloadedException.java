package io.github.deepthink4j.error;

import dev.langchain4j.exception.InternalServerException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server has no capacity (HTTP 503, or the finish reason {@code insufficient_system_resource}). Worth another
 * try, later.
 */
public final class ServerOverloadedException extends InternalServerException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;
    private final @Nullable Duration retryAfter;

    /** An error with a message of its own. */
    public ServerOverloadedException(
            String message, ErrorDetails details, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.details = details;
        this.retryAfter = retryAfter;
    }

    /** When the server wants to be asked again; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public String code() {
        return "server_overloaded";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
