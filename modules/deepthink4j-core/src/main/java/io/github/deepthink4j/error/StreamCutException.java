package io.github.deepthink4j.error;

import dev.langchain4j.exception.InternalServerException;
import org.jspecify.annotations.Nullable;

/**
 * The answer broke off before its end. What had arrived is in {@link #partialMessage()}; it is not an answer.
 */
public final class StreamCutException extends InternalServerException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public StreamCutException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "stream_cut";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
