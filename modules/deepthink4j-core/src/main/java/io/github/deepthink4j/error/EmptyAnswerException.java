package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The model has ended its answer without saying anything. Worth another try.
 */
public final class EmptyAnswerException extends DeepSeekServerException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public EmptyAnswerException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("empty_answer", message, details, cause);
    }
}
