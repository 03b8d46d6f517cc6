package io.github.deepthink4j.error;

import dev.langchain4j.exception.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The account has no money left (HTTP 402). Top up, or use another key; trying again does not help.
 */
public final class InsufficientBalanceException extends InvalidRequestException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public InsufficientBalanceException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "insufficient_balance";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
