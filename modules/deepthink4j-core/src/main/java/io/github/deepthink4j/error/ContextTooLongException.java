package io.github.deepthink4j.error;

import dev.langchain4j.exception.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The conversation is longer than the model's context window. Send less: a chat memory with a token limit does.
 */
public final class ContextTooLongException extends InvalidRequestException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public ContextTooLongException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "context_too_long";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
