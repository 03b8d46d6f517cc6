package io.github.deepthink4j.memory.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Creates the tables where they are missing; where they are there it needs no right to create any. */
record TableCreation(Database database, Tables tables) {

    void on(Connection connection) throws SQLException {
        if (isThere(connection)) {
            return;
        }
        List<String> statements = tables.creation(database);
        try {
            execute(connection, statements);
        } catch (SQLException e) {
            // Another process may have come first between PostgreSQL's look and its deed.
            connection.rollback();
            execute(connection, statements);
        }
        execute(connection, tables.probes(database));
    }

    private boolean isThere(Connection connection) throws SQLException {
        try {
            execute(connection, tables.probes(database));
            return true;
        } catch (SQLException e) {
            if (SqlErrors.isPassing(e)) {
                throw e;
            }
            connection.rollback();
            return false;
        }
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
