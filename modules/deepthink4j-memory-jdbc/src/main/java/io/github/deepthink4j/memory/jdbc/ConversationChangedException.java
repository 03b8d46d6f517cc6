package io.github.deepthink4j.memory.jdbc;

/**
 * Somebody else, in this process or in another, has changed the conversation since it was read. Nothing was written, and what the
 * other one has written is there. The remedy is to do the same again: {@code add} of a chat memory reads anew before it writes.
 */
public final class ConversationChangedException extends ChatMemoryStoreException {

    private static final long serialVersionUID = 1L;

    private final String conversation;

    /** About the conversation of this name in the table. */
    public ConversationChangedException(String conversation, String message) {
        super(message, null);
        this.conversation = conversation;
    }

    static ConversationChangedException sinceRead(String conversation) {
        return new ConversationChangedException(
                conversation,
                "The conversation '" + conversation
                        + "' has been changed or deleted since it was read here. Nothing has been"
                        + " written. Read it and do the same again: a chat memory's add() does both.");
    }

    static ConversationChangedException neverRead(String conversation) {
        return new ConversationChangedException(
                conversation,
                "The conversation '" + conversation
                        + "' exists, and this thread has not read it, or has written to it since, so that nobody knows what would be"
                        + " overwritten. Nothing has been written. Read it first, as messages() of a chat memory does, or delete it,"
                        + " as clear() does.");
    }

    /** The memory's id, as it stands in the table. */
    public String conversation() {
        return conversation;
    }
}
