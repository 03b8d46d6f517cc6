package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A row that somebody else has locked is not waited for without end. */
class LockedRowsTest {

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

    @Timeout(60)
    abstract static class Contract extends StoreFixture {

        Contract(TestDatabase database) {
            super(database);
        }

        @Test
        void should_give_up_and_change_nothing() throws SQLException {
            store.updateMessages("a", said("Hi"));
            JdbcChatMemoryStore impatient =
                    builder().queryTimeout(Duration.ofSeconds(1)).build();
            impatient.getMessages("a");
            try (Connection other = dataSource.getConnection();
                    Statement lock = other.createStatement()) {
                other.setAutoCommit(false);
                lock.execute("UPDATE " + database.quoted(conversationTable) + " SET version = version");

                assertThatThrownBy(() -> impatient.updateMessages("a", said("Hi", "Hello")))
                        .isInstanceOf(ChatMemoryStoreException.class)
                        .hasMessageContaining("queryTimeout")
                        .hasMessageEndingWith("Nothing has been changed.");
                assertThatThrownBy(() -> impatient.deleteMessages("a")).hasMessageContaining("queryTimeout");
                other.rollback();
            }

            assertThat(store.getMessages("a")).hasSize(1);
            impatient.updateMessages("a", said("Hi", "Hello"));
            assertThat(store.getMessages("a")).hasSize(2);
        }
    }
}
