package io.github.deepthink4j.error;

import dev.langchain4j.exception.ModelNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * There is no such model, or no such endpoint, at this base url (HTTP 404, or 400 with words to that effect).
 */
public final class UnknownModelException extends ModelNotFoundException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public UnknownModelException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "unknown_model";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
