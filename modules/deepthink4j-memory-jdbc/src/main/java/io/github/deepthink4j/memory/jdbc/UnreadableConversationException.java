package io.github.deepthink4j.memory.jdbc;

/**
 * A stored message can't be understood, as one of a newer LangChain4j, or a row that somebody has edited. It stays in the table as
 * it is, and the conversation is not written to until it can be read; it can be deleted.
 */
public final class UnreadableConversationException extends ChatMemoryStoreException {

    private static final long serialVersionUID = 1L;

    private final String conversation;
    private final long position;

    /** About the row at this position of the conversation of this name. */
    public UnreadableConversationException(String conversation, long position, Throwable cause) {
        super(
                "The message at position " + position + " of the conversation '" + conversation
                        + "' can't be read. Was it written by a"
                        + " newer version of LangChain4j? Nothing has been changed: it stays as it is until it can be read, or until"
                        + " the conversation is deleted.",
                cause);
        this.conversation = conversation;
        this.position = position;
    }

    /** The memory's id, as it stands in the table. */
    public String conversation() {
        return conversation;
    }

    /** The column {@code position} of the row. */
    public long position() {
        return position;
    }
}
