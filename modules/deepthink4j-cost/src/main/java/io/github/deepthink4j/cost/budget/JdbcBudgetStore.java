package io.github.deepthink4j.cost.budget;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.cost.budget.BudgetTransaction.Sum;
import io.github.deepthink4j.internal.log.SafeLog;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Budgets in a database, for any number of processes: PostgreSQL, H2, MySQL with InnoDB, and what else has row locks. Each change locks the
 * account's row first, so that two of one account come one after the other, and those of different accounts side by side.
 *
 * <p>The clocks of the processes should agree to some seconds. Accounts of which nothing counts any more are deleted now and then, up to 200 at a
 * time, by a process that reserves; {@link #prune()} deletes them all.
 */
public final class JdbcBudgetStore implements BudgetStore {

    private static final SafeLog LOG = SafeLog.of(JdbcBudgetStore.class);

    private static final int AT_A_TIME = 200;

    private final DataSource database;
    private final Forgetting forgetting = new Forgetting();

    private JdbcBudgetStore(DataSource database) {
        this.database = ForeignWork.beneath(requireNonNull(database, "database"));
    }

    /**
     * Over connections of this source, which should have a pool: they are its own, also within a transaction that surrounds the call, so that
     * of Spring's {@code TransactionAwareDataSourceProxy} the target is used. The tables must be there: {@link #createTables()} or {@link #script()}.
     */
    public static JdbcBudgetStore of(DataSource database) {
        return new JdbcBudgetStore(database);
    }

    /** The statements that create the tables, where they are not there yet. */
    public static List<String> script() {
        return BudgetTables.script();
    }

    /**
     * Creates the tables where they are not there yet.
     *
     * @throws BudgetStoreException if that fails, or if tables of these names are there with other columns
     */
    public JdbcBudgetStore createTables() {
        try (Connection connection = database.getConnection()) {
            boolean isOwnCommit = !connection.getAutoCommit();
            if (isOwnCommit && ForeignWork.isOn(connection)) {
                throw ForeignWork.refused();
            }
            BudgetTables.create(connection);
            // In PostgreSQL tables are part of a transaction.
            if (isOwnCommit) {
                connection.commit();
            }
            return this;
        } catch (BudgetStoreException e) {
            throw e;
        } catch (Throwable e) {
            throw new BudgetStoreException("The tables of the budgets could not be created", e);
        }
    }

    /**
     * @throws BudgetStoreException if the database fails
     */
    @Override
    public Balance reserve(Reservation reservation) {
        Instant over = forgetting.due(reservation.now());
        Balance balance = reserve(reservation, over);
        if (over != null) {
            try {
                prune(over, AT_A_TIME);
            } catch (BudgetStoreException e) {
                LOG.warn("What no longer counts of the budgets in the database could not be deleted", e);
            }
        }
        return balance;
    }

    private Balance reserve(Reservation reservation, @Nullable Instant over) {
        boolean[] mayBeThere = new boolean[1];
        try {
            return BudgetTransaction.run(database, transaction -> {
                Balance balance = reserve(transaction, reservation, over);
                mayBeThere[0] = balance.reserved();
                return balance;
            });
        } catch (BudgetStoreException e) {
            if (mayBeThere[0]) {
                // The commit has failed, or only the word of it was lost.
                release(reservation, e);
            }
            throw e;
        }
    }

    private void release(Reservation reservation, BudgetStoreException reason) {
        try {
            BudgetTransaction.run(database, transaction -> settle(transaction, reservation, BigDecimal.ZERO));
        } catch (BudgetStoreException e) {
            reason.addSuppressed(e);
        }
    }

    private static Balance reserve(BudgetTransaction transaction, Reservation reservation, @Nullable Instant over)
            throws SQLException {
        String account = AccountNames.of(reservation.account());
        transaction.lock(account, keepUntil(reservation));
        bringBack(transaction, account, reservation);
        long now = millis(reservation.now());
        if (transaction.change(
                        "DELETE FROM deepthink4j_budget_reserved WHERE account = ? AND expires_at <= ?", account, now)
                > 0) {
            transaction.change(
                    "UPDATE deepthink4j_budget_account SET dropped_until = ? WHERE account = ? AND dropped_until < ?",
                    now,
                    account,
                    now);
        }
        if (over != null) {
            transaction.change(
                    "DELETE FROM deepthink4j_budget_spent WHERE account = ? AND over_at <= ?", account, millis(over));
        }
        long since = reservation.since().getEpochSecond();
        Sum spent = transaction.sum(
                "SELECT SUM(spent), MIN(slice) FROM deepthink4j_budget_spent WHERE account = ? AND slice >= ?",
                account,
                since);
        Sum reserved = transaction.sum(
                "SELECT SUM(amount), MIN(slice) FROM deepthink4j_budget_reserved WHERE account = ? AND slice >= ?",
                account,
                since);
        BigDecimal used = spent.amount().add(reserved.amount());
        BigDecimal limit = reservation.limit();
        boolean fits = limit == null || used.add(reservation.amount()).compareTo(limit) <= 0;
        if (fits) {
            transaction.change(
                    "INSERT INTO deepthink4j_budget_reserved (account, id, slice, amount, reserved_at, expires_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    account,
                    reservation.id(),
                    reservation.slice().getEpochSecond(),
                    reservation.amount(),
                    now,
                    millis(reservation.expires()));
        }
        return new Balance(fits, used, earlier(spent.oldest(), reserved.oldest()));
    }

    /** What was noted under a clock that was ahead is taken for noted now. */
    private static void bringBack(BudgetTransaction transaction, String account, Reservation present)
            throws SQLException {
        Instant latest = present.now().plus(Forgetting.AHEAD);
        Sum ahead = transaction.sum(
                "SELECT SUM(spent), MIN(slice) FROM deepthink4j_budget_spent WHERE account = ? AND slice > ?",
                account,
                latest.getEpochSecond());
        if (ahead.oldest() != null) {
            transaction.change(
                    "DELETE FROM deepthink4j_budget_spent WHERE account = ? AND slice > ?",
                    account,
                    latest.getEpochSecond());
            add(transaction, account, present.slice().getEpochSecond(), ahead.amount(), present);
        }
        int reserved = transaction.change(
                "UPDATE deepthink4j_budget_reserved SET slice = ?, reserved_at = ?, expires_at = ?"
                        + " WHERE account = ? AND reserved_at > ?",
                present.slice().getEpochSecond(),
                millis(present.now()),
                millis(present.expires()),
                account,
                millis(latest));
        if (ahead.oldest() != null || reserved > 0) {
            transaction.change(
                    "UPDATE deepthink4j_budget_account SET keep_until = ? WHERE account = ?",
                    keepUntil(present),
                    account);
        }
    }

    /**
     * @throws BudgetStoreException if the database fails, twice
     */
    @Override
    public void settle(Reservation reservation, BigDecimal spent) {
        BudgetTransaction.Work<Boolean> work = transaction -> settle(transaction, reservation, spent);
        try {
            BudgetTransaction.run(database, work);
        } catch (BudgetStoreException e) {
            // Perhaps it was done and only the answer was lost: the second time does nothing then.
            BudgetTransaction.run(database, work);
        }
    }

    private static boolean settle(BudgetTransaction transaction, Reservation reservation, BigDecimal spent)
            throws SQLException {
        String account = AccountNames.of(reservation.account());
        transaction.lock(account, keepUntil(reservation));
        Long slice = transaction.number(
                "SELECT slice FROM deepthink4j_budget_reserved WHERE account = ? AND id = ?",
                account,
                reservation.id());
        if (slice == null) {
            Long droppedUntil = transaction.number(
                    "SELECT dropped_until FROM deepthink4j_budget_account WHERE account = ?", account);
            if (droppedUntil == null || droppedUntil < millis(reservation.expires())) {
                return false;
            }
            slice = reservation.slice().getEpochSecond();
        }
        transaction.change(
                "DELETE FROM deepthink4j_budget_reserved WHERE account = ? AND id = ?", account, reservation.id());
        if (spent.signum() != 0) {
            add(transaction, account, slice, spent, reservation);
        }
        return true;
    }

    private static void add(BudgetTransaction transaction, String account, long slice, BigDecimal spent, Reservation of)
            throws SQLException {
        int found = transaction.change(
                "UPDATE deepthink4j_budget_spent SET spent = spent + ? WHERE account = ? AND slice = ?",
                spent,
                account,
                slice);
        if (found == 0) {
            transaction.change(
                    "INSERT INTO deepthink4j_budget_spent (account, slice, spent, over_at) VALUES (?, ?, ?, ?)",
                    account,
                    slice,
                    spent,
                    millis(of.until()));
        }
    }

    /**
     * Deletes what no longer counts, by the clock of this machine: periods that are over, and accounts of which nothing is left. It needs not be called
     * where calls are made all the time.
     *
     * @return how many accounts
     * @throws BudgetStoreException if the database fails
     */
    public long prune() {
        return prune(Instant.now());
    }

    long prune(Instant now) {
        BudgetTransaction.run(
                database,
                transaction ->
                        transaction.change("DELETE FROM deepthink4j_budget_spent WHERE over_at <= ?", millis(now)));
        long all = 0;
        int some;
        do {
            some = prune(now, AT_A_TIME);
            all += some;
        } while (some > 0);
        return all;
    }

    private int prune(Instant now, int most) {
        List<String> accounts = BudgetTransaction.run(
                database,
                transaction -> transaction.texts(
                        most, "SELECT account FROM deepthink4j_budget_account WHERE keep_until <= ?", millis(now)));
        int pruned = 0;
        for (String account : accounts) {
            pruned += BudgetTransaction.run(database, transaction -> prune(transaction, account, now));
        }
        return pruned;
    }

    /** Who reserves again meanwhile has changed the row, and keeps it. */
    private static int prune(BudgetTransaction transaction, String account, Instant now) throws SQLException {
        int pruned = transaction.change(
                "DELETE FROM deepthink4j_budget_account WHERE account = ? AND keep_until <= ?", account, millis(now));
        if (pruned > 0) {
            transaction.change("DELETE FROM deepthink4j_budget_spent WHERE account = ?", account);
            transaction.change("DELETE FROM deepthink4j_budget_reserved WHERE account = ?", account);
        }
        return pruned;
    }

    private static long keepUntil(Reservation reservation) {
        return Math.max(millis(reservation.until()), millis(reservation.expires()));
    }

    /** {@code null} is never. */
    private static long millis(@Nullable Instant moment) {
        return moment == null ? Long.MAX_VALUE : moment.toEpochMilli();
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
