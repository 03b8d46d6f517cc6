package io.github.deepthink4j.error;

import dev.langchain4j.exception.InternalServerException;
import org.jspecify.annotations.Nullable;

/**
 * The server reported an error in the midst of an answer that had begun as a success.
 */
public final class StreamErrorException extends InternalServerException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public StreamErrorException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "stream_error";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
