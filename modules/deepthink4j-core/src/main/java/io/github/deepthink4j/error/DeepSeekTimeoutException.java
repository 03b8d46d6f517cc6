package io.github.deepthink4j.error;

import dev.langchain4j.exception.TimeoutException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something took longer than it may, see {@code Timeouts}. The request may have been billed, so it is not sent again
 * unless asked.
 */
public final class DeepSeekTimeoutException extends TimeoutException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;
    private final Phase phase;

    /** What took too long. */
    public enum Phase {
        /** The connection. */
        CONNECT,
        /** The first byte of the response. */
        FIRST_BYTE,
        /** The next byte. */
        IDLE,
        /** All of it. */
        TOTAL,
        /** The server itself gave up waiting (HTTP 408). */
        SERVER
    }

    /** An error with a message of its own. */
    public DeepSeekTimeoutException(String message, ErrorDetails details, @Nullable Throwable cause, Phase phase) {
        super(message, cause);
        this.details = details;
        this.phase = phase;
    }

    /** What took too long. */
    public Phase phase() {
        return phase;
    }

    @Override
    public String code() {
        return "timeout_" + phase.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
