package io.github.deepthink4j.memory.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose database fails where a test wants it to. */
abstract class TroubledFixture extends StoreFixture {

    /** What happens before or after a call of the database's. */
    @FunctionalInterface
    interface Trouble {
        void with(String method, boolean before) throws SQLException;
    }

    final AtomicInteger open = new AtomicInteger();
    Trouble trouble = (method, before) -> {};

    TroubledFixture(TestDatabase database) {
        super(database);
    }

    final JdbcChatMemoryStore troubled(boolean autoCommit) {
        return builder()
                .dataSource(new DriverDataSource("") {
                    @Override
                    public Connection getConnection() throws SQLException {
                        trouble.with("getConnection", true);
                        Connection connection = dataSource.getConnection();
                        connection.setAutoCommit(autoCommit);
                        open.incrementAndGet();
                        return (Connection) troubled(connection, Connection.class);
                    }
                })
                .build();
    }

    private Object troubled(Object real, Class<?> type) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean isLast = method.getName().equals("close") && real instanceof Connection;
                    if (isLast) {
                        open.decrementAndGet();
                    } else {
                        trouble.with(method.getName(), true);
                    }
                    Object result = call(real, method, arguments);
                    trouble.with(isLast ? "closeConnection" : method.getName(), false);
                    boolean isStatement = method.getReturnType().getName().startsWith("java.sql.PreparedStatement");
                    return isStatement ? troubled(result, method.getReturnType()) : result;
                });
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    static <E extends Throwable> void sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** Once, before it is done or after it, and with what is to happen before the word of it is lost. */
    final void loseFirst(String lost, boolean isBefore, Runnable meanwhile) {
        AtomicInteger calls = new AtomicInteger();
        trouble = (method, before) -> {
            if (method.equals(lost) && before == isBefore && calls.getAndIncrement() == 0) {
                meanwhile.run();
                throw new SQLException("connection reset", "08006");
            }
        };
    }
}
