package io.github.deepthink4j.error;

import dev.langchain4j.exception.InternalServerException;
import org.jspecify.annotations.Nullable;

/**
 * The model has ended its answer without saying anything. Worth another try.
 */
public final class EmptyAnswerException extends InternalServerException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public EmptyAnswerException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "empty_answer";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
