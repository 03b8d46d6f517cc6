package io.github.deepthink4j.error;

import dev.langchain4j.exception.RateLimitException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Too many requests at once or in a minute (HTTP 429). DeepSeek's limit is one of concurrency, and shrinks with the
 * account's balance.
 */
public final class DeepSeekRateLimitException extends RateLimitException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;
    private final @Nullable Duration retryAfter;
    private final @Nullable Integer limit;

    /** An error with a message of its own. */
    public DeepSeekRateLimitException(
            String message,
            ErrorDetails details,
            @Nullable Throwable cause,
            @Nullable Integer limit,
            @Nullable Duration retryAfter) {
        super(message, cause);
        this.details = details;
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    /** When the server wants to be asked again; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The limit that was exceeded, in requests at a time, as the server's message has it; empty if it has none. */
    public OptionalInt limit() {
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    @Override
    public String code() {
        return "rate_limit";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
