package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A transaction of the user's, whose connection the data source hands out, is neither committed nor rolled back. */
class SurroundedTest {

    @Nested
    class OnH2 extends Contract {
        OnH2() {
            super(TestDatabase.H2_IN_MEMORY);
        }
    }

    @Nested
    @TestDatabase.IfPostgreSql
    class OnPostgreSql extends Contract {
        OnPostgreSql() {
            super(TestDatabase.POSTGRES);
        }
    }

    @Nested
    @TestDatabase.IfMariaDb
    class OnMariaDb extends Contract {
        OnMariaDb() {
            super(TestDatabase.MARIADB);
        }
    }

    abstract static class Contract extends StoreFixture {

        private Connection users;
        private JdbcChatMemoryStore surrounded;

        Contract(TestDatabase database) {
            super(database);
        }

        @BeforeEach
        void begin() throws SQLException {
            execute("CREATE TABLE " + database.quoted("mine " + suffix) + " (id INT)");
            users = dataSource.getConnection();
            users.setAutoCommit(false);
            surrounded = builder()
                    .dataSource(new DriverDataSource("") {
                        @Override
                        public Connection getConnection() {
                            return unclosed(users);
                        }
                    })
                    .build();
        }

        private static Connection unclosed(Connection users) {
            return (Connection) Proxy.newProxyInstance(
                    SurroundedTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            return null;
                        }
                        try {
                            return method.invoke(users, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @AfterEach
        void end() throws SQLException {
            users.rollback();
            users.close();
            execute("DROP TABLE " + database.quoted("mine " + suffix));
        }

        private void write() throws SQLException {
            try (Statement insert = users.createStatement()) {
                insert.executeUpdate("INSERT INTO " + database.quoted("mine " + suffix) + " VALUES (1)");
            }
        }

        private int seen(Connection connection) throws SQLException {
            try (Statement select = connection.createStatement();
                    ResultSet found =
                            select.executeQuery("SELECT COUNT(*) FROM " + database.quoted("mine " + suffix))) {
                found.next();
                return found.getInt(1);
            }
        }

        @Test
        void should_touch_no_transaction_in_which_somebody_has_written() throws SQLException {
            store.updateMessages("a", said("Hi"));
            write();

            assertThatThrownBy(() -> surrounded.getMessages("a")).isInstanceOf(ChatMemoryStoreException.class);
            assertThatThrownBy(() -> surrounded.updateMessages("b", said("Hi")))
                    .isInstanceOf(ChatMemoryStoreException.class)
                    .hasMessageContaining("in the midst of a transaction of somebody else's")
                    .hasMessageEndingWith("Nothing has been changed.");
            assertThatThrownBy(() -> surrounded.deleteMessages("a")).isInstanceOf(ChatMemoryStoreException.class);

            assertThat(seen(users)).isEqualTo(1);
            users.rollback();
            assertThat(seen(users)).isZero();
            assertThat(rows("a")).hasSize(1);
            assertThat(rows("b")).isEmpty();
        }

        @Test
        void should_take_a_connection_without_auto_commit_on_which_nobody_has_written() throws SQLException {
            surrounded.updateMessages("a", said("Hi"));

            assertThat(rows("a")).hasSize(1);
            assertThat(surrounded.getMessages("a")).hasSize(1);
        }
    }
}
