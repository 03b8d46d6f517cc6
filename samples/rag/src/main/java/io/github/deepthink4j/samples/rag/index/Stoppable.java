package io.github.deepthink4j.samples.rag.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.function.BooleanSupplier;

/** A statement that takes minutes, in a transaction, and may be stopped in the midst of it: then it has changed nothing. */
final class Stoppable {

    private static final String CANCELLED = "57014";

    /** Of the memory that the workers share, of which a container has 64 MB by default. */
    private static final String NO_ROOM = "53100";

    private static final long LOOK_EVERY_MS = 100;

    private final BooleanSupplier stop;

    Stoppable(BooleanSupplier stop) {
        this.stop = stop;
    }

    /** Whether it was done. */
    boolean execute(Connection connection, String sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            executeOnce(connection, sql);
            return true;
        } catch (SQLException e) {
            connection.rollback(before);
            if (CANCELLED.equals(e.getSQLState()) && stop.getAsBoolean()) {
                return false;
            }
            if (!NO_ROOM.equals(e.getSQLState())) {
                throw e;
            }
        }
        return executeAlone(connection, sql, before);
    }

    /** Without workers beside it, which share no memory then. */
    private boolean executeAlone(Connection connection, String sql, Savepoint before) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL max_parallel_maintenance_workers = 0");
            executeOnce(connection, sql);
            return true;
        } catch (SQLException e) {
            connection.rollback(before);
            if (CANCELLED.equals(e.getSQLState()) && stop.getAsBoolean()) {
                return false;
            }
            throw e;
        }
    }

    private void executeOnce(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Thread watch = new Thread(() -> cancelWhenStopped(statement), "stops a statement");
            watch.setDaemon(true);
            watch.start();
            try {
                statement.execute(sql);
            } finally {
                watch.interrupt();
                // A cancel that comes late would hit what is executed next.
                joinUninterruptibly(watch);
            }
        }
    }

    private void cancelWhenStopped(Statement statement) {
        try {
            while (!stop.getAsBoolean()) {
                Thread.sleep(LOOK_EVERY_MS);
            }
            statement.cancel();
        } catch (InterruptedException e) {
            // It is done.
        } catch (SQLException e) {
            // The connection is gone, and the statement with it.
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
