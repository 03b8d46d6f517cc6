package io.github.deepthink4j.error;

import dev.langchain4j.exception.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The thought has used up all of {@code maxOutputTokens} and left none for an answer. Allow more tokens or ask for
 * less effort.
 */
public final class ReasoningBudgetException extends InvalidRequestException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public ReasoningBudgetException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "reasoning_budget";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
