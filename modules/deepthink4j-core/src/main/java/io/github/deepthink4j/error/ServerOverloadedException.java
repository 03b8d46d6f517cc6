package io.github.deepthink4j.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server has no capacity (HTTP 503, or the finish reason {@code insufficient_system_resource}). Worth another
 * try, later.
 */
public final class ServerOverloadedException extends DeepSeekServerException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** An error with a message of its own. */
    public ServerOverloadedException(
            String message, ErrorDetails details, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super("server_overloaded", message, details, cause);
        this.retryAfter = retryAfter;
    }

    /** When the server wants to be asked again; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
