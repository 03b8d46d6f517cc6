package io.github.deepthink4j.memory.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on a connection: all of it or nothing, and once more where the database could not help it, as with a deadlock or a connection
 * that was lost. That is safe since what is written is written on top of a known version only.
 */
final class Transactions {

    /** What is to be done on a connection. */
    @FunctionalInterface
    interface Work<T> {

        /**
         * @param inDoubt whether an earlier attempt was lost while it was committed, and may be there
         */
        T on(Connection connection, boolean inDoubt) throws SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(JdbcChatMemoryStore.class);

    private static final int ATTEMPTS = 5;

    /** InnoDB gives up waiting for a lock; MariaDB's row has changed since the transaction began. */
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private static final int RECORD_HAS_CHANGED = 1020;

    private final DataSource dataSource;

    Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * @param what for the error, such as "The conversation 'a' could not be read"
     */
    <T> T run(String what, Work<T> work) {
        return run(what, work, true);
    }

    /** As {@link #run}, of work that writes nothing, so that there is never a doubt. */
    <T> T read(String what, Work<T> work) {
        return run(what, work, false);
    }

    private <T> T run(String what, Work<T> work, boolean writes) {
        boolean isInterrupted = Thread.currentThread().isInterrupted();
        try {
            return attempts(what, work, writes);
        } finally {
            // Some drivers, such as H2's, lose it where they wait for a lock.
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T attempts(String what, Work<T> work, boolean writes) {
        boolean inDoubt = false;
        for (int attempt = 1; ; attempt++) {
            Attempt<T> made = new Attempt<>();
            try {
                return made.of(work, inDoubt);
            } catch (SQLException e) {
                inDoubt |= writes && made.committing;
                if (attempt == ATTEMPTS || made.connection == null || !isWorthAnotherAttempt(e)) {
                    throw failure(what, e, inDoubt);
                }
                log.debug("{}; once more: {}", what, e.getMessage());
                pause(attempt);
            }
        }
    }

    /** One connection from its beginning to its end. */
    private final class Attempt<T> {

        private @Nullable Connection connection;
        private boolean committing;

        T of(Work<T> work, boolean inDoubt) throws SQLException {
            try (Connection own = dataSource.getConnection()) {
                connection = own;
                boolean auto = own.getAutoCommit();
                if (auto) {
                    own.setAutoCommit(false);
                }
                try {
                    T result = work.on(own, inDoubt);
                    committing = true;
                    own.commit();
                    committing = false;
                    return result;
                } catch (Throwable e) {
                    rollback(own, e);
                    throw e;
                } finally {
                    if (auto) {
                        restore(own);
                    }
                }
            }
        }

        private void rollback(Connection own, Throwable because) {
            try {
                own.rollback();
            } catch (SQLException | RuntimeException e) {
                because.addSuppressed(e);
            }
        }

        /** A pool wants it back as it was; a connection that is lost can't be given back so. */
        private void restore(Connection own) {
            try {
                own.setAutoCommit(true);
            } catch (SQLException | RuntimeException e) {
                log.debug("A connection is given back without auto-commit: {}", e.getMessage());
            }
        }
    }

    private static ChatMemoryStoreException failure(String what, SQLException cause, boolean inDoubt) {
        StringBuilder message =
                new StringBuilder(what).append(": ").append(cause.getMessage()).append(". ");
        String state = cause.getSQLState();
        if ("42P01".equals(state) || "42S02".equals(state) || "42S04".equals(state)) {
            message.append(
                    "The tables are created by createTables(true) of the store's builder, or by the Flyway script. ");
        }
        message.append(
                inDoubt
                        ? "The connection was lost while it was committed, so that nobody knows whether it is there: read the"
                                + " conversation before you write again."
                        : "Nothing has been changed.");
        return new ChatMemoryStoreException(message.toString(), cause);
    }

    private static boolean isWorthAnotherAttempt(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return error instanceof SQLTransientException
                || error instanceof SQLRecoverableException
                || state.startsWith("40")
                || state.startsWith("08")
                || state.startsWith("57P")
                || error.getErrorCode() == LOCK_WAIT_TIMEOUT
                || error.getErrorCode() == RECORD_HAS_CHANGED;
    }

    /** That there is such a row already. */
    static boolean isDuplicate(SQLException error) {
        return error instanceof SQLIntegrityConstraintViolationException
                || (error.getSQLState() != null && error.getSQLState().startsWith("23"));
    }

    /** Returns at once where the thread is interrupted, which it stays. */
    private static void pause(int attempt) {
        long most = TimeUnit.MILLISECONDS.toNanos(10L << attempt);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
    }
}
