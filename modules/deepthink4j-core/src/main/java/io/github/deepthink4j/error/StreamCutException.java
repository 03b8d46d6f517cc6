package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The answer broke off before its end. What had arrived is in {@link #partialMessage()}; it is not an answer.
 */
public final class StreamCutException extends DeepSeekServerException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public StreamCutException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("stream_cut", message, details, cause);
    }
}
