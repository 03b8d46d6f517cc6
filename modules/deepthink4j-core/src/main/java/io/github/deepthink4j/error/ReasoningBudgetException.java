package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The thought has used up all of {@code maxOutputTokens} and left none for an answer. Allow more tokens or ask for
 * less effort.
 */
public final class ReasoningBudgetException extends DeepSeekRequestException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public ReasoningBudgetException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("reasoning_budget", message, details, cause);
    }
}
