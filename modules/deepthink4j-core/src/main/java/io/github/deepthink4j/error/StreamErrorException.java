package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The server reported an error in the midst of an answer that had begun as a success.
 */
public final class StreamErrorException extends DeepSeekServerException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public StreamErrorException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("stream_error", message, details, cause);
    }
}
