package io.github.deepthink4j.cost.budget;

import io.github.deepthink4j.internal.log.SafeLog;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One transaction, and what is asked and changed within it. */
final class BudgetTransaction {

    private static final SafeLog LOG = SafeLog.of(JdbcBudgetStore.class);

    private static final String DUPLICATE = "23";

    /** What is done in it. */
    interface Work<T> {
        T in(BudgetTransaction transaction) throws SQLException;
    }

    /**
     * @param oldest the first slice that is in it; {@code null} if there is none
     */
    record Sum(BigDecimal amount, @Nullable Instant oldest) {}

    private final Connection connection;

    private BudgetTransaction(Connection connection) {
        this.connection = connection;
    }

    /** @throws BudgetStoreException whatever the database, its driver or its pool throws */
    static <T> T run(DataSource database, Work<T> work) {
        try {
            Connection connection = database.getConnection();
            try {
                return run(connection, work);
            } finally {
                quietly(connection::close);
            }
        } catch (BudgetStoreException e) {
            throw e;
        } catch (Throwable e) {
            throw new BudgetStoreException(
                    "The budgets in the database could not be read or written" + BudgetTables.hint(e), e);
        }
    }

    private static <T> T run(Connection connection, Work<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        if (autoCommit) {
            connection.setAutoCommit(false);
        } else if (ForeignWork.isOn(connection)) {
            throw ForeignWork.refused();
        }
        boolean isOver = true;
        try {
            T result = work.in(new BudgetTransaction(connection));
            connection.commit();
            return result;
        } catch (Throwable e) {
            isOver = rollback(connection, e);
            throw e;
        } finally {
            if (!isOver) {
                // To set auto-commit, or to give it to somebody else, would commit what is half done.
                quietly(() -> connection.abort(Runnable::run));
            } else if (autoCommit) {
                quietly(() -> connection.setAutoCommit(true));
            }
        }
    }

    /** Whether it could be done. That it could not is no news: the connection is lost. */
    private static boolean rollback(Connection connection, Throwable reason) {
        try {
            connection.rollback();
            return true;
        } catch (Throwable e) {
            suppress(reason, e);
            return false;
        }
    }

    private static void suppress(Throwable reason, Throwable beside) {
        if (reason != beside) {
            reason.addSuppressed(beside);
        }
    }

    @FunctionalInterface
    private interface LastCall {
        void on() throws SQLException;
    }

    /** What is committed or has failed stays so, whatever becomes of the connection. */
    private static void quietly(LastCall call) {
        try {
            call.on();
        } catch (Throwable e) {
            LOG.debug("A connection to the database of the budgets could not be given back as it was", e);
        }
    }

    /**
     * Has the account's row until the end. The row is made in a transaction of its own: in PostgreSQL one that fails, since another process was first, is lost as a whole.
     *
     * @param keepUntil for at least how long what is noted now is of use
     */
    void lock(String account, long keepUntil) throws SQLException {
        if (!locks(account, keepUntil)) {
            try {
                change(
                        "INSERT INTO deepthink4j_budget_account (account, version, keep_until, dropped_until) VALUES (?, 0, ?, 0)",
                        account,
                        keepUntil);
                connection.commit();
            } catch (SQLException e) {
                if (!isDuplicate(e)) {
                    throw e;
                }
                connection.rollback();
            }
            locks(account, keepUntil);
        }
    }

    private boolean locks(String account, long keepUntil) throws SQLException {
        return change(
                        "UPDATE deepthink4j_budget_account SET version = version + 1,"
                                + " keep_until = CASE WHEN keep_until < ? THEN ? ELSE keep_until END WHERE account = ?",
                        keepUntil,
                        keepUntil,
                        account)
                > 0;
    }

    private static boolean isDuplicate(SQLException e) {
        return e instanceof SQLIntegrityConstraintViolationException
                || (e.getSQLState() != null && e.getSQLState().startsWith(DUPLICATE));
    }

    int change(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** The first column of the first row; {@code null} if there is none. */
    @Nullable
    Long number(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet found = statement.executeQuery()) {
            return found.next() ? Long.valueOf(found.getLong(1)) : null;
        }
    }

    List<String> texts(int most, String sql, Object... values) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = prepared(sql, values)) {
            statement.setMaxRows(most);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    texts.add(found.getString(1));
                }
            }
        }
        return texts;
    }

    /** A sum, and the first slice that is in it. */
    Sum sum(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet found = statement.executeQuery()) {
            found.next();
            BigDecimal amount = found.getBigDecimal(1);
            long oldest = found.getLong(2);
            return amount == null ? new Sum(BigDecimal.ZERO, null) : new Sum(amount, Instant.ofEpochSecond(oldest));
        }
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
