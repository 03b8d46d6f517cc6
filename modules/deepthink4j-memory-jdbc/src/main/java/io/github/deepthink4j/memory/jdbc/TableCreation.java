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
        probe(connection);
    }

    private boolean isThere(Connection connection) throws SQLException {
        try {
            probe(connection);
            return true;
        } catch (SQLException e) {
            if (SqlErrors.isPassing(e)) {
                throw e;
            }
            connection.rollback();
            return false;
        }
    }

    /**
     * @throws ChatMemoryStoreException for a table of somebody else's, or of another version
     */
    private void probe(Connection connection) throws SQLException {
        for (Tables.Probe probe : tables.probes(database)) {
            try {
                execute(connection, List.of(probe.sql()));
            } catch (SQLException e) {
                if (TableErrors.isOtherColumns(e)) {
                    throw TableErrors.otherColumns(probe.table(), e, probe.columns());
                }
                throw e;
            }
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
