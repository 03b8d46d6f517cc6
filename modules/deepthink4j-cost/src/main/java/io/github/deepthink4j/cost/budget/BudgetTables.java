package io.github.deepthink4j.cost.budget;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The tables of budgets in a database. Moments are in milliseconds since 1970, slices in seconds. */
final class BudgetTables {

    static final String ACCOUNT = "deepthink4j_budget_account";
    static final String SPENT = "deepthink4j_budget_spent";
    static final String RESERVED = "deepthink4j_budget_reserved";

    /** All columns of each. */
    private static final Map<String, String> COLUMNS = Map.of(
            ACCOUNT, "account, version, keep_until, dropped_until",
            SPENT, "account, slice, spent, over_at",
            RESERVED, "account, id, slice, amount, reserved_at, expires_at");

    private BudgetTables() {}

    static List<String> script() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + ACCOUNT + " (account VARCHAR(700) NOT NULL PRIMARY KEY,"
                        + " version BIGINT NOT NULL, keep_until BIGINT NOT NULL, dropped_until BIGINT NOT NULL)",
                "CREATE TABLE IF NOT EXISTS " + SPENT + " (account VARCHAR(700) NOT NULL, slice BIGINT NOT NULL,"
                        + " spent NUMERIC(38, 18) NOT NULL, over_at BIGINT NOT NULL, PRIMARY KEY (account, slice))",
                "CREATE TABLE IF NOT EXISTS " + RESERVED + " (account VARCHAR(700) NOT NULL, id VARCHAR(36) NOT NULL,"
                        + " slice BIGINT NOT NULL, amount NUMERIC(38, 18) NOT NULL, reserved_at BIGINT NOT NULL,"
                        + " expires_at BIGINT NOT NULL, PRIMARY KEY (account, id))");
    }

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script()) {
                statement.execute(sql);
            }
        }
        for (Map.Entry<String, String> table : COLUMNS.entrySet()) {
            try (Statement statement = connection.createStatement()) {
                statement
                        .executeQuery("SELECT " + table.getValue() + " FROM " + table.getKey() + " WHERE 1 = 0")
                        .close();
            } catch (SQLException e) {
                throw new BudgetStoreException(
                        "The table " + table.getKey() + " is there already, but is not as this version needs it ("
                                + table.getValue()
                                + "): drop the three tables " + ACCOUNT + ", " + SPENT + " and " + RESERVED
                                + ", and with them what was spent, or change them to what script() says",
                        e);
            }
        }
    }

    /** What to say beside what the database has said itself. */
    static String hint(Throwable error) {
        String state = error instanceof SQLException failed ? failed.getSQLState() : null;
        return state != null && state.startsWith("42")
                ? ". Its tables are made by createTables(), or by the script that script() gives"
                : "";
    }
}
