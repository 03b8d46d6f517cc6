package io.github.deepthink4j.cost.budget;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Budgets in a database, for any number of processes: PostgreSQL, H2, MySQL with InnoDB, and what else has row locks. Each change locks the
 * account's row first, so that two of one account come one after the other, and those of different accounts side by side.
 *
 * <p>The clocks of the processes should agree to some seconds. What is over is deleted when its account is asked for the next time; the
 * small row of an account stays.
 */
public final class JdbcBudgetStore implements BudgetStore {

    /** Within what every database indexes; longer names are cut and told apart by a digest. */
    private static final int MOST_CHARACTERS = 600;

    private static final String DUPLICATE = "23";

    private final DataSource database;

    private JdbcBudgetStore(DataSource database) {
        this.database = requireNonNull(database, "database");
    }

    /** Over connections of this source, which should have a pool. The tables must be there: {@link #createTables()} or {@link #script()}. */
    public static JdbcBudgetStore of(DataSource database) {
        return new JdbcBudgetStore(database);
    }

    /** The statements that create the tables, where they are not there yet. */
    public static List<String> script() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS deepthink4j_budget_account (account VARCHAR(700) NOT NULL PRIMARY KEY,"
                        + " version BIGINT NOT NULL)",
                "CREATE TABLE IF NOT EXISTS deepthink4j_budget_spent (account VARCHAR(700) NOT NULL, slice BIGINT NOT NULL,"
                        + " spent NUMERIC(38, 18) NOT NULL, PRIMARY KEY (account, slice))",
                "CREATE TABLE IF NOT EXISTS deepthink4j_budget_reserved (account VARCHAR(700) NOT NULL, id VARCHAR(36) NOT NULL,"
                        + " slice BIGINT NOT NULL, amount NUMERIC(38, 18) NOT NULL, expires_at BIGINT NOT NULL,"
                        + " PRIMARY KEY (account, id))");
    }

    /**
     * Creates the tables where they are not there yet.
     *
     * @throws BudgetStoreException if that fails
     */
    public JdbcBudgetStore createTables() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : script()) {
                statement.execute(sql);
            }
            return this;
        } catch (SQLException e) {
            throw new BudgetStoreException("The tables of the budgets could not be created", e);
        }
    }

    /**
     * @throws BudgetStoreException if the database fails
     */
    @Override
    public Balance reserve(Reservation reservation) {
        String account = nameOf(reservation.account());
        return locked(account, connection -> {
            long since = reservation.since().getEpochSecond();
            change(
                    connection,
                    "DELETE FROM deepthink4j_budget_reserved WHERE account = ? AND expires_at <= ?",
                    account,
                    reservation.now().toEpochMilli());
            change(connection, "DELETE FROM deepthink4j_budget_spent WHERE account = ? AND slice < ?", account, since);
            Sum spent = sum(
                    connection,
                    "SELECT SUM(spent), MIN(slice) FROM deepthink4j_budget_spent WHERE account = ? AND slice >= ?",
                    account,
                    since);
            Sum reserved = sum(
                    connection,
                    "SELECT SUM(amount), MIN(slice) FROM deepthink4j_budget_reserved WHERE account = ? AND slice >= ?",
                    account,
                    since);
            BigDecimal used = spent.amount().add(reserved.amount());
            BigDecimal limit = reservation.limit();
            boolean fits = limit == null || used.add(reservation.amount()).compareTo(limit) <= 0;
            if (fits) {
                change(
                        connection,
                        "INSERT INTO deepthink4j_budget_reserved (account, id, slice, amount, expires_at) VALUES (?, ?, ?, ?, ?)",
                        account,
                        reservation.id(),
                        reservation.slice().getEpochSecond(),
                        reservation.amount(),
                        reservation.expires().toEpochMilli());
            }
            return new Balance(fits, used, earlier(spent.oldest(), reserved.oldest()));
        });
    }

    /**
     * @throws BudgetStoreException if the database fails
     */
    @Override
    public void settle(Reservation reservation, BigDecimal spent) {
        String account = nameOf(reservation.account());
        locked(account, connection -> {
            change(
                    connection,
                    "DELETE FROM deepthink4j_budget_reserved WHERE account = ? AND id = ?",
                    account,
                    reservation.id());
            long slice = reservation.slice().getEpochSecond();
            if (spent.signum() != 0
                    && change(
                                    connection,
                                    "UPDATE deepthink4j_budget_spent SET spent = spent + ? WHERE account = ? AND slice = ?",
                                    spent,
                                    account,
                                    slice)
                            == 0) {
                change(
                        connection,
                        "INSERT INTO deepthink4j_budget_spent (account, slice, spent) VALUES (?, ?, ?)",
                        account,
                        slice,
                        spent);
            }
            return true;
        });
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private record Sum(BigDecimal amount, @Nullable Instant oldest) {}

    /** In one transaction, which has the account's lock. */
    private <T> T locked(String account, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                lock(connection, account);
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new BudgetStoreException(
                    "The budgets in the database could not be asked. Its tables are made by createTables(), or by the script that script() gives",
                    e);
        }
    }

    /** The row is made in a transaction of its own: in PostgreSQL one that fails, since another process was first, is lost as a whole. */
    private static void lock(Connection connection, String account) throws SQLException {
        String lock = "UPDATE deepthink4j_budget_account SET version = version + 1 WHERE account = ?";
        if (change(connection, lock, account) == 0) {
            try {
                change(connection, "INSERT INTO deepthink4j_budget_account (account, version) VALUES (?, 0)", account);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                if (!isDuplicate(e)) {
                    throw e;
                }
            }
            change(connection, lock, account);
        }
    }

    private static boolean isDuplicate(SQLException e) {
        return e instanceof SQLIntegrityConstraintViolationException
                || (e.getSQLState() != null && e.getSQLState().startsWith(DUPLICATE));
    }

    private static int change(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static Sum sum(Connection connection, String sql, String account, long since) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, account);
            statement.setLong(2, since);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                BigDecimal amount = found.getBigDecimal(1);
                long oldest = found.getLong(2);
                return amount == null
                        ? new Sum(BigDecimal.ZERO, null)
                        : new Sum(amount, found.wasNull() ? null : Instant.ofEpochSecond(oldest));
            }
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private static String nameOf(String account) {
        if (account.length() <= MOST_CHARACTERS) {
            return account;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(account.getBytes(StandardCharsets.UTF_8));
            return account.substring(0, MOST_CHARACTERS) + "#" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
