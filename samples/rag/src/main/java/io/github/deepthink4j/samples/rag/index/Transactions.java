package io.github.deepthink4j.samples.rag.index;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections to a database. Who asks for one in the midst of a transaction of the same thread gets that of the transaction: so
 * LangChain4j's store, which opens a connection for each change, and the words beside it change together or not at all.
 */
final class Transactions extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    private final transient ThreadLocal<Connection> current = new ThreadLocal<>();

    /** What is done in a transaction. */
    interface Work {

        void run(Connection connection) throws SQLException, IOException;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection inTransaction = current.get();
        return inTransaction == null ? super.getConnection() : inTransaction;
    }

    /** All of it, seen by others when it is done; or nothing, where it throws. Within another one it is a part of that. */
    void run(Work work) throws IOException {
        if (current.get() == null) {
            begin(work);
            return;
        }
        try {
            work.run(current.get());
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void begin(Work work) throws IOException {
        try (Connection connection = super.getConnection()) {
            connection.setAutoCommit(false);
            current.set(keptOpen(connection));
            try {
                work.run(connection);
            } finally {
                current.remove();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static Connection keptOpen(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
