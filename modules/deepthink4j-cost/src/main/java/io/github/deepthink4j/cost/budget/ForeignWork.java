package io.github.deepthink4j.cost.budget;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the store out of the transactions of others: it commits and rolls back, and a data source that hands out the surrounding
 * transaction's connection would have it commit that transaction too.
 */
final class ForeignWork {

    /** Of Spring, which need not be there. */
    private static final String SPRINGS = "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy";

    private static final int DEEPEST = 8;

    private ForeignWork() {}

    /** What gives connections of its own: of Spring's proxy its target, else the same. */
    static DataSource beneath(DataSource given) {
        DataSource own = given;
        for (int depth = 0; depth < DEEPEST && isSprings(own.getClass()); depth++) {
            own = targetOf(own);
        }
        return own;
    }

    private static boolean isSprings(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getName().equals(SPRINGS)) {
                return true;
            }
        }
        return false;
    }

    private static DataSource targetOf(DataSource proxy) {
        try {
            if (proxy.getClass().getMethod("getTargetDataSource").invoke(proxy) instanceof DataSource target) {
                return target;
            }
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(refusal(), e);
        }
        throw new IllegalArgumentException(refusal());
    }

    private static String refusal() {
        return "the dataSource is a TransactionAwareDataSourceProxy, whose connections are a surrounding transaction's, and its target"
                + " can't be had. Give the store the target";
    }

    /**
     * Whether something was written on it that is not committed yet. Asked only where auto-commit is off, as it is in a surrounding
     * transaction, and in some pools. What the database does not tell counts as no.
     */
    static boolean isOn(Connection connection) throws SQLException {
        String sql = question(connection);
        if (sql == null) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            return answer.next() && answer.getBoolean(1);
        } catch (SQLException e) {
            // PostgreSQL's transaction takes no further statement after one that has failed.
            connection.rollback();
            return false;
        }
    }

    private static @Nullable String question(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String product = metaData == null ? null : metaData.getDatabaseProductName();
        return switch (product == null ? "" : product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> "SELECT txid_current_if_assigned() IS NOT NULL";
            case "mariadb" -> "SELECT @@in_transaction";
            case "h2" -> "SELECT CONTAINS_UNCOMMITTED FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()";
            default -> null;
        };
    }

    static BudgetStoreException refused() {
        return new BudgetStoreException(
                "The budgets in the database were not touched: the data source has given a connection in the midst of a transaction of"
                        + " somebody else's, which would be committed with them. Give the store a data source whose connections are its"
                        + " own: the pool, and not what hands out the connection of the transaction that surrounds the call",
                null);
    }
}
