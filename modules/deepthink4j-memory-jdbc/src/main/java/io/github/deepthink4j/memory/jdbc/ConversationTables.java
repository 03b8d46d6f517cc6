package io.github.deepthink4j.memory.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements, for one database and its names. A conversation's own row is changed first, so that who changes it has its lock. */
final class ConversationTables {

    private static final int ROWS_IN_A_BATCH = 500;

    /** A conversation and its rows. */
    record Stored(long row, long version, List<Row> rows) {}

    /** A message as it stands there. */
    record Row(long position, String json) {}

    private final Database database;
    private final String conversations;
    private final String messages;

    private final int timeoutSeconds;

    /**
     * @param timeoutSeconds for each statement; 0 for none
     */
    ConversationTables(Database database, Tables tables, int timeoutSeconds) {
        this.database = database;
        this.timeoutSeconds = timeoutSeconds;
        this.conversations = tables.conversationsIn(database);
        this.messages = tables.messagesIn(database);
    }

    /** In one statement, so that the version and the messages are of one moment. */
    Optional<Stored> read(Connection connection, String name) throws SQLException {
        String sql = "SELECT c.id, c.version, m.position, m.message FROM " + conversations + " c LEFT JOIN " + messages
                + " m ON m.conversation_id = c.id WHERE c.memory_id = ? ORDER BY m.position";
        try (PreparedStatement select = timed(connection.prepareStatement(sql))) {
            database.setName(select, 1, name);
            try (ResultSet found = select.executeQuery()) {
                if (!found.next()) {
                    return Optional.empty();
                }
                long row = found.getLong(1);
                long version = found.getLong(2);
                List<Row> rows = new ArrayList<>();
                do {
                    String json = found.getString(4);
                    if (json != null) {
                        rows.add(new Row(found.getLong(3), json));
                    }
                } while (found.next());
                return Optional.of(new Stored(row, version, rows));
            }
        }
    }

    /** The key of the conversation, if it is at this version; {@code null} else. */
    @Nullable
    Long rowAt(Connection connection, String name, long version) throws SQLException {
        String sql = "SELECT id FROM " + conversations + " WHERE memory_id = ? AND version = ?";
        try (PreparedStatement select = timed(connection.prepareStatement(sql))) {
            database.setName(select, 1, name);
            select.setLong(2, version);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? found.getLong(1) : null;
            }
        }
    }

    /**
     * @throws SQLException for which {@link SqlErrors#isDuplicate} holds, if there is one of this name
     */
    long begin(Connection connection, String name, long version, long now) throws SQLException {
        String sql =
                "INSERT INTO " + conversations + " (memory_id, version, created_at, updated_at) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = timed(connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS))) {
            database.setName(insert, 1, name);
            insert.setLong(2, version);
            insert.setLong(3, now);
            insert.setLong(4, now);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                if (!keys.next()) {
                    throw new SQLException("the database has not said which key it has given to the row");
                }
                return keys.getLong(1);
            }
        }
    }

    /** Whether it was at the first version; it is at the second one then. */
    boolean advance(Connection connection, long row, long from, long to, long now) throws SQLException {
        String sql = "UPDATE " + conversations + " SET version = ?, updated_at = ? WHERE id = ? AND version = ?";
        try (PreparedStatement update = timed(connection.prepareStatement(sql))) {
            update.setLong(1, to);
            update.setLong(2, now);
            update.setLong(3, row);
            update.setLong(4, from);
            return update.executeUpdate() == 1;
        }
    }

    void deleteRows(Connection connection, long row, List<RowChange.Range> ranges) throws SQLException {
        if (ranges.isEmpty()) {
            return;
        }
        String sql = "DELETE FROM " + messages + " WHERE conversation_id = ? AND position >= ? AND position <= ?";
        try (PreparedStatement delete = timed(connection.prepareStatement(sql))) {
            for (RowChange.Range range : ranges) {
                delete.setLong(1, row);
                delete.setLong(2, range.first());
                delete.setLong(3, range.last());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    void insertRows(Connection connection, long row, List<Row> rows, long now) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String sql =
                "INSERT INTO " + messages + " (conversation_id, position, created_at, message) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = timed(connection.prepareStatement(sql))) {
            int waiting = 0;
            for (Row each : rows) {
                insert.setLong(1, row);
                insert.setLong(2, each.position());
                insert.setLong(3, now);
                insert.setString(4, each.json());
                insert.addBatch();
                if (++waiting == ROWS_IN_A_BATCH) {
                    insert.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                insert.executeBatch();
            }
        }
    }

    /**
     * Which of these rows stand there, with this time, as one writing has put them there, and the key of their conversation; empty if
     * none does.
     */
    Optional<Long> rowOfAnyOf(Connection connection, String name, List<Row> rows, long time) throws SQLException {
        String sql = "SELECT c.id, m.position, m.message FROM " + conversations + " c JOIN " + messages
                + " m ON m.conversation_id = c.id WHERE c.memory_id = ? AND m.created_at = ?";
        try (PreparedStatement select = timed(connection.prepareStatement(sql))) {
            database.setName(select, 1, name);
            select.setLong(2, time);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    if (rows.contains(new Row(found.getLong(2), found.getString(3)))) {
                        return Optional.of(found.getLong(1));
                    }
                }
                return Optional.empty();
            }
        }
    }

    Optional<Long> rowOf(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                timed(connection.prepareStatement("SELECT id FROM " + conversations + " WHERE memory_id = ?"))) {
            database.setName(select, 1, name);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getLong(1)) : Optional.empty();
            }
        }
    }

    /** With its messages, by the foreign key. */
    void delete(Connection connection, long row) throws SQLException {
        try (PreparedStatement delete =
                timed(connection.prepareStatement("DELETE FROM " + conversations + " WHERE id = ?"))) {
            delete.setLong(1, row);
            delete.executeUpdate();
        }
    }

    /** So many of those that nobody has changed since, the oldest first. */
    List<Long> unchangedSince(Connection connection, long before, int most) throws SQLException {
        String sql = "SELECT id FROM " + conversations + " WHERE updated_at < ? ORDER BY updated_at, id "
                + database.first(most);
        List<Long> rows = new ArrayList<>();
        try (PreparedStatement select = timed(connection.prepareStatement(sql))) {
            select.setLong(1, before);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(found.getLong(1));
                }
            }
        }
        return rows;
    }

    /** Those of them that have not been changed meanwhile. */
    int delete(Connection connection, List<Long> rows, long before) throws SQLException {
        String sql = "DELETE FROM " + conversations + in(rows) + " AND updated_at < ?";
        try (PreparedStatement delete = timed(connection.prepareStatement(sql))) {
            setAll(delete, rows);
            delete.setLong(rows.size() + 1, before);
            return delete.executeUpdate();
        }
    }

    /** How many of them are there. */
    int count(Connection connection, List<Long> rows) throws SQLException {
        String sql = "SELECT COUNT(*) FROM " + conversations + in(rows);
        try (PreparedStatement select = timed(connection.prepareStatement(sql))) {
            setAll(select, rows);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                return found.getInt(1);
            }
        }
    }

    /** A row that somebody else has locked is waited for without end by some; H2 has a limit of its own, and keeps one that is set for the connection. */
    private PreparedStatement timed(PreparedStatement statement) throws SQLException {
        if (timeoutSeconds > 0 && database != Database.H2) {
            try {
                statement.setQueryTimeout(timeoutSeconds);
            } catch (SQLException | RuntimeException e) {
                statement.close();
                throw e;
            }
        }
        return statement;
    }

    private static String in(List<Long> rows) {
        return " WHERE id IN (" + String.join(", ", Collections.nCopies(rows.size(), "?")) + ")";
    }

    private static void setAll(PreparedStatement statement, List<Long> rows) throws SQLException {
        for (int i = 0; i < rows.size(); i++) {
            statement.setLong(i + 1, rows.get(i));
        }
    }
}
