package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.data.message.ChatMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One change of a conversation, however many attempts it takes.
 *
 * @param base    what it is made from
 * @param isBlind whether nothing tells that, so that it may only begin a conversation
 * @param change  what happens to the rows
 * @param rows    those that are new
 * @param version the new one
 * @param time    when the rows are written, the same in each attempt, by which they are found again
 */
record Writing(
        State base, boolean isBlind, RowChange change, List<ConversationTables.Row> rows, long version, long time) {

    private static final int DEEPEST = 20;

    /**
     * @param base {@code null} if nothing tells it
     * @throws ChatMemoryStoreException for a message that could not be read again
     */
    static Writing of(String name, @Nullable State base, List<ChatMessage> messages, Origins origins, long time) {
        State from = base == null ? State.absent(name, State.nextOrder()) : base;
        RowChange change = RowChange.of(from, messages, message -> origins.positionIn(from, message));
        List<ConversationTables.Row> rows = new ArrayList<>();
        for (int index : change.inserted()) {
            rows.add(new ConversationTables.Row(change.positions()[index], lasting(name, index, messages.get(index))));
        }
        // No counter: so a conversation that was deleted and begun anew is not taken for the old one, nor a write for
        // another one.
        long version = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return new Writing(from, base == null, change, rows, version, time);
    }

    private static String lasting(String name, int index, ChatMessage message) {
        try {
            return MessageJson.lasting(message);
        } catch (RuntimeException e) {
            throw new ChatMemoryStoreException(
                    "Message " + index + " of the list for the conversation '" + name + "', of type "
                            + message.getClass().getTypeName() + ", can't be stored: " + reason(e)
                            + " Nothing has been written.",
                    Redacted.withoutWords(e));
        }
    }

    private static String reason(RuntimeException error) {
        if (error instanceof MessageJson.NotKeptException changed) {
            return "its attribute " + changed.getMessage()
                    + " would come back as something else. Texts, booleans, finite numbers"
                    + " of Java's own eight types, and lists and maps of these come back as they are: write it as a text.";
        }
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            // By its name: Jackson is LangChain4j's matter, and not this module's.
            if (cause.getClass().getSimpleName().equals("StreamConstraintsException")) {
                return "a text in it is longer than Jackson reads again (StreamReadConstraints: 20,000,000 characters unless they"
                        + " are set otherwise), or is nested too deep. Give what is that large, such as an image, by its url.";
            }
        }
        return "LangChain4j's JSON either can't hold it or can't be read again, as with a message, content or attribute of a class"
                + " of your own.";
    }

    List<String> said() {
        return rows.stream().map(ConversationTables.Row::json).toList();
    }

    /**
     * @return the conversation's key
     * @throws ConversationChangedException if it is not as it was, and nothing was written
     * @throws ChatMemoryStoreException if it is not as it was, and nobody knows whether that is so since it was written
     */
    long on(ConversationTables tables, Connection connection, String what, boolean inDoubt) throws SQLException {
        Long own = claim(tables, connection);
        if (own != null) {
            tables.deleteRows(connection, own, change.deleted());
            tables.insertRows(connection, own, rows, time);
            return own;
        }
        // It may be there, with only the word that it is lost: nobody else has this version, nor these rows of this
        // time.
        Long there = tables.rowAt(connection, base.name(), version);
        if (there != null) {
            return there;
        }
        if (inDoubt) {
            return tables.rowOfAnyOf(connection, base.name(), rows, time)
                    .orElseThrow(() -> Transactions.unknown(what, null));
        }
        throw isBlind
                ? ConversationChangedException.neverRead(base.name())
                : ConversationChangedException.sinceRead(base.name());
    }

    /** Makes the conversation's row this transaction's; {@code null} if it is not as it was. */
    private @Nullable Long claim(ConversationTables tables, Connection connection) throws SQLException {
        Long known = base.version();
        if (known != null) {
            return tables.advance(connection, base.row(), known, version, time) ? base.row() : null;
        }
        try {
            return tables.begin(connection, base.name(), version, time);
        } catch (SQLException e) {
            if (!SqlErrors.isDuplicate(e)) {
                throw e;
            }
            connection.rollback();
            return null;
        }
    }

    State written(Origins origins, List<ChatMessage> messages, long row) {
        boolean isNew = !origins.knowsAll(base, messages);
        return change.toState(base, State.nextOrder(), isNew, version, row);
    }
}
