package io.github.deepthink4j.memory.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Tables that are missing, are not as they should be, or are locked: what to do. Pure. */
final class TableErrors {

    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S04", "3F000", "90079");

    private static final Set<String> NO_COLUMN = Set.of("42703", "42S22");

    private TableErrors() {}

    /** A sentence or two with a space behind them; nothing for an error of another kind. */
    static String words(SQLException error, Tables tables) {
        String state = String.valueOf(error.getSQLState());
        if (SqlErrors.tellsOfATimeout(error)) {
            return "It took longer than the store's queryTimeout allows, as where somebody else holds a lock on it. ";
        }
        if (NO_TABLE.contains(state)) {
            return "The tables are created by createTables(true) of the store's builder, in Spring Boot by"
                    + " deepthink4j.memory.jdbc.create-tables=true, or by the Flyway script; a schema must be there already. ";
        }
        return NO_COLUMN.contains(state)
                ? "The tables are " + tables.conversations() + " and " + tables.messages()
                        + ", one of which has other columns than this version needs: see Database.script(). "
                : "";
    }

    /**
     * @param table as it stands in the statement
     */
    static ChatMemoryStoreException otherColumns(String table, SQLException error, String columns) {
        return new ChatMemoryStoreException(
                "The table " + table + " is there already, but is not as this version needs it (" + columns
                        + "). Give the store's tables other names (conversationTable and messageTable of the builder, in Spring Boot"
                        + " deepthink4j.memory.jdbc.conversation-table and message-table), or change it to what Database.script()"
                        + " says. Nothing has been changed.",
                Redacted.error(error, List.of()));
    }

    static boolean isOtherColumns(SQLException error) {
        return NO_COLUMN.contains(String.valueOf(error.getSQLState()));
    }
}
