package io.github.deepthink4j.memory.jdbc;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What drivers say by classes, SQLStates and vendors' codes. Pure. */
final class SqlErrors {

    /** More than one is in each other where a batch fails, or a pool hands on what its driver said. */
    private static final int DEEPEST = 5;

    /** PostgreSQL gives up waiting for a lock; H2's connection or database was closed; the server has ended an idle transaction. */
    private static final Set<String> PASSING_STATES =
            Set.of("55P03", "90007", "90067", "90098", "90121", "25P03", "25P04");

    /**
     * MySQL and MariaDB: a lock that was waited for in vain, a row that changed since the transaction began, and a session that was
     * ended by the server, by an administrator or for having been idle.
     */
    private static final Set<Integer> PASSING_CODES = Set.of(1205, 1020, 1213, 1927, 2006, 2013, 4031);

    private static final Set<String> LOCK_OR_CANCEL = Set.of("HYT00", "57014");

    private static final Set<Integer> TIMEOUT_CODES = Set.of(1969, 3024);

    private SqlErrors() {}

    /** Whether the same may go through at another time, on another connection. */
    static boolean isPassing(Throwable error) {
        return isPassing(error, DEEPEST);
    }

    private static boolean isPassing(@Nullable Throwable error, int depth) {
        if (error == null || depth == 0) {
            return false;
        }
        if (error instanceof SQLException sql && (isPassing(sql) || isPassing(sql.getNextException(), depth - 1))) {
            return true;
        }
        return isPassing(error.getCause(), depth - 1);
    }

    private static boolean isPassing(SQLException error) {
        String state = stateOf(error);
        if (isTimedOut(error)) {
            return false;
        }
        return error instanceof SQLTransientException
                || error instanceof SQLRecoverableException
                || error instanceof SQLNonTransientConnectionException
                || state.startsWith("40")
                || state.startsWith("08")
                || state.startsWith("57P")
                || PASSING_STATES.contains(state)
                || PASSING_CODES.contains(error.getErrorCode());
    }

    /** That a statement took longer than it may: it would again. H2 says so of a lock as well, by states of its own. */
    private static boolean isTimedOut(SQLException error) {
        return error instanceof SQLTimeoutException
                && !PASSING_CODES.contains(error.getErrorCode())
                && !LOCK_OR_CANCEL.contains(stateOf(error));
    }

    /** The same of a copy, by the state of PostgreSQL and the codes of MariaDB and MySQL. */
    static boolean tellsOfATimeout(SQLException error) {
        return stateOf(error).equals("57014") || TIMEOUT_CODES.contains(error.getErrorCode());
    }

    /** That a commit has failed for sure: the database has chosen this transaction, or a constraint that was checked at its end. */
    static boolean isRolledBack(Throwable error) {
        if (!(error instanceof SQLException sql)) {
            return false;
        }
        String state = stateOf(sql);
        return state.startsWith("23") || (state.startsWith("40") && !state.equals("40003"));
    }

    /** That there is such a row already. */
    static boolean isDuplicate(SQLException error) {
        return error instanceof SQLIntegrityConstraintViolationException
                || stateOf(error).startsWith("23");
    }

    private static String stateOf(SQLException error) {
        String state = error.getSQLState();
        return state == null ? "" : state;
    }
}
