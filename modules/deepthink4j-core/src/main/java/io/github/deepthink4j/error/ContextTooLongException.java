package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The conversation is longer than the model's context window. Send less: a chat memory with a token limit does.
 */
public final class ContextTooLongException extends DeepSeekRequestException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public ContextTooLongException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("context_too_long", message, details, cause);
    }
}
