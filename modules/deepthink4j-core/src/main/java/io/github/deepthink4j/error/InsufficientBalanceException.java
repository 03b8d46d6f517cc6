package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The account has no money left (HTTP 402). Top up, or use another key; trying again does not help.
 */
public final class InsufficientBalanceException extends DeepSeekRequestException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public InsufficientBalanceException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("insufficient_balance", message, details, cause);
    }
}
