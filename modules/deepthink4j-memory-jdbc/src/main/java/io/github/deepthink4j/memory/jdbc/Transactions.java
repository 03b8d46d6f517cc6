package io.github.deepthink4j.memory.jdbc;

import io.github.deepthink4j.memory.jdbc.Redacted.DatabaseError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
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

    private static final String OUT_OF_CONNECTIONS =
            "The pool has no connection left: the store needs one of its own, beside that of a transaction that surrounds the call,"
                    + " so a pool must have at least two for each thread that calls it so. ";

    private final DataSource dataSource;
    private final @Nullable Database chosen;
    private final Tables tables;

    /**
     * @param chosen {@code null} for what it calls itself
     * @param tables for errors
     */
    Transactions(DataSource dataSource, @Nullable Database chosen, Tables tables) {
        this.dataSource = ForeignWork.beneath(dataSource);
        this.chosen = chosen;
        this.tables = tables;
    }

    /**
     * @param what for the error, such as "The conversation 'a' could not be read"
     */
    <T> T run(String what, Work<T> work) {
        return run(what, List.of(), work);
    }

    /**
     * @param said what people have said and stands in the statements, to be kept out of errors and logs
     */
    <T> T run(String what, List<String> said, Work<T> work) {
        return run(what, said, work, true);
    }

    /** As {@link #run}, of work that writes nothing, so that there is never a doubt. */
    <T> T read(String what, Work<T> work) {
        return run(what, List.of(), work, false);
    }

    private <T> T run(String what, List<String> said, Work<T> work, boolean writes) {
        boolean isInterrupted = Thread.currentThread().isInterrupted();
        try {
            return attempts(what, said, work, writes);
        } finally {
            // Some drivers, such as H2's, lose it where they wait for a lock.
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T attempts(String what, List<String> said, Work<T> work, boolean writes) {
        boolean inDoubt = false;
        for (int attempt = 1; ; attempt++) {
            Attempt<T> made = new Attempt<>(what);
            try {
                return made.of(work, inDoubt);
            } catch (ChatMemoryStoreException e) {
                throw e;
            } catch (SQLException | RuntimeException e) {
                DatabaseError error = Redacted.error(e, said);
                inDoubt |= writes && made.committing && !SqlErrors.isRolledBack(e);
                boolean isHopeless = made.connection == null || !(made.isLost || SqlErrors.isPassing(e));
                if (attempt == ATTEMPTS || isHopeless) {
                    throw failure(what, error, inDoubt, made.connection == null && isOutOfConnections(e));
                }
                log.debug("{}; once more: {}", what, Redacted.line(error));
                pause(attempt);
            } catch (Error e) {
                if (inDoubt || (writes && made.committing)) {
                    e.addSuppressed(unknown(what, null));
                }
                throw e;
            }
        }
    }

    /** One connection from its beginning to its end. */
    private final class Attempt<T> {

        private final String what;
        private @Nullable Connection connection;
        private boolean committing;
        private boolean isLost;

        Attempt(String what) {
            this.what = what;
        }

        T of(Work<T> work, boolean inDoubt) throws SQLException {
            Connection own = dataSource.getConnection();
            if (own == null) {
                throw new SQLException("the data source has given null and no connection");
            }
            connection = own;
            try {
                return of(work, own, inDoubt);
            } catch (Throwable e) {
                isLost = isClosed(own);
                throw e;
            } finally {
                quietly("closed", own::close);
            }
        }

        private T of(Work<T> work, Connection own, boolean inDoubt) throws SQLException {
            boolean auto = own.getAutoCommit();
            if (auto) {
                own.setAutoCommit(false);
            } else if (ForeignWork.isOn(own, chosen)) {
                throw ForeignWork.refused(what);
            }
            boolean isOver = true;
            try {
                T result = work.on(own, inDoubt);
                committing = true;
                own.commit();
                committing = false;
                return result;
            } catch (Throwable e) {
                isOver = quietly("rolled back", own::rollback);
                throw e;
            } finally {
                if (!isOver) {
                    // To set auto-commit, or to give it to somebody else, would commit what is half done.
                    quietly("aborted", () -> own.abort(Runnable::run));
                } else if (auto) {
                    // A pool wants it back as it was; a connection that is lost can't be given back so.
                    quietly("set to auto-commit", () -> own.setAutoCommit(true));
                }
            }
        }

        /** A driver may tell of a closed connection in no other way, as MySQL's does of a closed statement. */
        private boolean isClosed(Connection own) {
            try {
                return own.isClosed();
            } catch (SQLException | RuntimeException e) {
                return false;
            }
        }
    }

    @FunctionalInterface
    private interface LastCall {
        void on() throws SQLException;
    }

    /**
     * What is committed or has failed stays so, whatever becomes of the connection.
     *
     * @return whether it could be done
     */
    private static boolean quietly(String what, LastCall call) {
        try {
            call.on();
            return true;
        } catch (Throwable e) {
            log.debug("A connection could not be {}: {}", what, Redacted.line(Redacted.error(e, List.of())));
            return false;
        }
    }

    /** By the words of HikariCP, DBCP, Tomcat and c3p0, which have no common type for it. */
    private static boolean isOutOfConnections(Throwable error) {
        String message = error.getMessage();
        String words = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return words.contains("connection is not available")
                || words.contains("timeout waiting for idle object")
                || words.contains("pool empty")
                || words.contains("attempt by a client to checkout a connection has timed out");
    }

    private ChatMemoryStoreException failure(
            String what, DatabaseError cause, boolean inDoubt, boolean isOutOfConnections) {
        return inDoubt
                ? unknown(what, cause)
                : new ChatMemoryStoreException(
                        what + ": " + Redacted.line(cause) + ". "
                                + (isOutOfConnections ? OUT_OF_CONNECTIONS : TableErrors.words(cause, tables))
                                + "Nothing has been changed.",
                        cause);
    }

    /** That neither is certain: that it is there, and that it is not. */
    static ChatMemoryStoreException unknown(String what, @Nullable DatabaseError cause) {
        return new ChatMemoryStoreException(
                what + (cause == null ? "" : ": " + Redacted.line(cause))
                        + ". The connection was lost while it was committed, so that nobody knows whether it is there: read the"
                        + " conversation before you write again.",
                cause);
    }

    /** Returns at once where the thread is interrupted, which it stays. */
    private static void pause(int attempt) {
        long most = TimeUnit.MILLISECONDS.toNanos(10L << attempt);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
    }
}
