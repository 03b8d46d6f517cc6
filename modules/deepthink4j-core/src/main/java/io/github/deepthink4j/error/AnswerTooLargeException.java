package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The answer is larger than the limits allow, see {@code DecoderLimits}; reading was stopped.
 */
public final class AnswerTooLargeException extends DeepSeekRequestException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public AnswerTooLargeException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("answer_too_large", message, details, cause);
    }
}
