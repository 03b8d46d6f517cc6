package io.github.deepthink4j.samples.agent;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.RunScript;

/** The database. Every value goes in as a parameter, never as a part of the statement. */
final class Shop implements AutoCloseable {

    private static final int QUERY_SECONDS = 5;

    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(15);

    /** Is there while the others are made. */
    private static final String BEING_FILLED = "SHOP_BEING_FILLED";

    private static final Set<String> TABLES = Set.of("REFUNDS", "ORDER_LINES", "ORDERS", "PRODUCTS", "CUSTOMERS");

    private final JdbcConnectionPool connections;

    private Shop(JdbcConnectionPool connections) {
        this.connections = connections;
    }

    /** Opens the database, and fills it if it is new, or if whoever filled it was ended in the midst of that. */
    static Shop open(String url) throws SQLException {
        return open(url, LOGIN_LIMIT);
    }

    static Shop open(String url, Duration loginLimit) throws SQLException {
        Shop shop = new Shop(JdbcConnectionPool.create(withoutTrace(url), "sa", ""));
        try (Connection connection = within(loginLimit, shop.connections::getConnection)) {
            Set<String> tables = tables(connection);
            if (tables.contains(BEING_FILLED) || Collections.disjoint(tables, TABLES)) {
                fill(connection);
            } else if (!tables.containsAll(TABLES)) {
                throw new SQLException("no shop", "", ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1);
            }
        } catch (SQLException e) {
            shop.close();
            throw e;
        }
        return shop;
    }

    /** H2 waits for a server that is silent as long as that is. */
    private static Connection within(Duration limit, Callable<Connection> login) throws SQLException {
        FutureTask<Connection> task = new FutureTask<>(login);
        Thread thread = new Thread(task, "login");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SQLTimeoutException("no answer", "", UnusableDatabase.SILENT);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(e);
        }
    }

    /** Of those that have to do with a shop. */
    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> found = new HashSet<>();
        for (String table : List.of(BEING_FILLED, "REFUNDS", "ORDER_LINES", "ORDERS", "PRODUCTS", "CUSTOMERS")) {
            try (ResultSet tables = connection.getMetaData().getTables(null, "PUBLIC", table, null)) {
                if (tables.next()) {
                    found.add(table);
                }
            }
        }
        return found;
    }

    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // What H2 creates is there at once, whatever the transaction.
            statement.execute(
                    "DROP TABLE IF EXISTS refunds, order_lines, orders, products, customers, " + BEING_FILLED);
        }
        try (Reader script =
                new InputStreamReader(Shop.class.getResourceAsStream("/shop.sql"), StandardCharsets.UTF_8)) {
            RunScript.execute(connection, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where H2 can't write its trace it would write to the terminal instead, with the url in it. */
    private static String withoutTrace(String url) {
        String setting = "TRACE_LEVEL_FILE";
        return url.toUpperCase(Locale.ROOT).contains(setting) ? url : url + ";" + setting + "=0";
    }

    /** For statements of the tests. */
    int update(String sql, Object... values) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    Optional<Order> order(int number) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = prepare(connection, """
                        SELECT c.name, o.ordered_on, o.promised_for, o.delivered_on, r.amount
                        FROM orders o
                        JOIN customers c ON c.id = o.customer_id
                        LEFT JOIN refunds r ON r.order_number = o.number
                        WHERE o.number = ?""", number);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            Date delivered = row.getDate("delivered_on");
            BigDecimal refunded = row.getBigDecimal("amount");
            return Optional.of(new Order(
                    number,
                    row.getString("name"),
                    row.getDate("ordered_on").toLocalDate(),
                    row.getDate("promised_for").toLocalDate(),
                    delivered == null ? null : delivered.toLocalDate(),
                    refunded == null ? BigDecimal.ZERO : refunded,
                    lines(connection, number)));
        }
    }

    private static List<Order.Line> lines(Connection connection, int number) throws SQLException {
        List<Order.Line> lines = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, """
                        SELECT p.name, l.quantity, l.unit_price, p.returnable
                        FROM order_lines l JOIN products p ON p.id = l.product_id
                        WHERE l.order_number = ? ORDER BY l.line""", number);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                lines.add(new Order.Line(
                        rows.getString("name"),
                        rows.getInt("quantity"),
                        rows.getBigDecimal("unit_price"),
                        rows.getBoolean("returnable")));
            }
        }
        return lines;
    }

    /** The newest first. */
    List<Integer> ordersOf(String email) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = prepare(connection, """
                        SELECT o.number FROM orders o JOIN customers c ON c.id = o.customer_id
                        WHERE LOWER(c.email) = LOWER(?) ORDER BY o.ordered_on DESC, o.number""", email);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }

    /**
     * A product of which there are so many.
     */
    record Product(String name, BigDecimal price, int stock) {}

    Optional<Product> product(String name) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = prepare(
                        connection, "SELECT name, price, stock FROM products WHERE LOWER(name) = LOWER(?)", name);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Product(row.getString(1), row.getBigDecimal(2), row.getInt(3)))
                    : Optional.empty();
        }
    }

    /**
     * Pays back.
     *
     * @throws ShopException if this order has been refunded in the meantime: the table allows one refund for each
     */
    void refund(int orderNumber, BigDecimal amount, RefundRules.Reason reason) throws SQLException {
        try {
            update(
                    "INSERT INTO refunds (order_number, amount, reason) VALUES (?, ?, ?)",
                    orderNumber,
                    amount,
                    reason.name());
        } catch (SQLIntegrityConstraintViolationException e) {
            throw new ShopException("Order " + orderNumber + " has been refunded already. Nothing was paid.");
        }
    }

    LocalDate today() {
        return LocalDate.now();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(QUERY_SECONDS);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
