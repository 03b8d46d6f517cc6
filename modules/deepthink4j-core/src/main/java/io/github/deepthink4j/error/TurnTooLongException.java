package io.github.deepthink4j.error;

import dev.langchain4j.exception.InvalidRequestException;

/**
 * A question does not fit into the chat memory, even with all earlier turns evicted. Nothing was remembered and nothing was
 * sent. Raise the memory's limit, or shorten the message.
 */
public final class TurnTooLongException extends InvalidRequestException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public TurnTooLongException(String message) {
        super(message);
    }

    @Override
    public String code() {
        return "turn_too_long";
    }

    @Override
    public ErrorDetails details() {
        return ErrorDetails.NONE;
    }
}
