package io.github.deepthink4j.error;

/**
 * A question does not fit into the chat memory, even with all earlier turns evicted. Nothing was remembered and nothing was
 * sent. Raise the memory's limit, or shorten the message.
 */
public final class TurnTooLongException extends DeepSeekRequestException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public TurnTooLongException(String message) {
        super("turn_too_long", message, ErrorDetails.NONE, null);
    }
}
