package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcBudgetStoreTest extends BudgetStoreKit {

    private final JdbcConnectionPool pool = JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", "sa", "");
    private final JdbcBudgetStore store =
            JdbcBudgetStore.of(pool).createTables().createTables();

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Override
    BudgetStore store() {
        return store;
    }

    @Test
    void should_say_so_where_the_database_fails() {
        JdbcDataSource nowhere = new JdbcDataSource();
        nowhere.setURL("jdbc:h2:tcp://localhost:1/nowhere");

        assertThatThrownBy(() -> JdbcBudgetStore.of(nowhere).createTables()).isInstanceOf(BudgetStoreException.class);
    }

    private long rows(String table) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM deepthink4j_budget_" + table)) {
            found.next();
            return found.getLong(1);
        }
    }

    private static BudgetStore.Reservation of(String account, BudgetPeriod period, Instant now) {
        return reservation(account, period, now, "1", "10");
    }

    private void spend(String account, BudgetPeriod period, Instant now) {
        BudgetStore.Reservation one = of(account, period, now);
        store.reserve(one);
        store.settle(one, BigDecimal.ONE);
    }

    @Test
    void should_delete_what_no_longer_counts() throws Exception {
        Instant day = Instant.parse("2026-11-28T10:00:00Z");
        Instant nextDay = day.plus(Duration.ofDays(1));
        for (int i = 0; i < 450; i++) {
            spend("user " + i, BudgetPeriod.day(), day);
        }
        spend("both", BudgetPeriod.day(), day);
        spend("both", BudgetPeriod.day(), nextDay);
        spend("ever", BudgetPeriod.forever(), day);
        store.reserve(of("runs", BudgetPeriod.day(), nextDay));

        assertThat(store.prune(day)).as("it all counts").isZero();
        assertThat(store.prune(nextDay)).isEqualTo(450);

        assertThat(rows("account")).isEqualTo(3);
        assertThat(rows("spent")).isEqualTo(2);
        assertThat(rows("reserved")).isEqualTo(1);
        assertThat(store.prune(nextDay.plus(Duration.ofDays(10)))).isEqualTo(2);
        assertThat(rows("reserved")).isZero();
    }

    @Test
    void should_delete_some_of_it_by_itself_now_and_then_and_nothing_by_a_clock_that_is_ahead_once() throws Exception {
        Instant day = Instant.parse("2026-11-28T10:00:00Z");
        for (int i = 0; i < 300; i++) {
            spend("user " + i, BudgetPeriod.day(), day);
        }
        for (int i = 0; i < 256; i++) {
            spend("ahead", BudgetPeriod.day(), day.plus(Duration.ofDays(1_000)));
        }
        assertThat(rows("account")).isEqualTo(301);

        Instant nextDay = day.plus(Duration.ofDays(1));
        for (int i = 0; i < 600; i++) {
            spend("next day", BudgetPeriod.day(), nextDay.plusSeconds(i));
        }
        assertThat(rows("account")).isLessThanOrEqualTo(102);
    }

    @Test
    void should_say_what_is_wrong_with_tables_of_an_older_version() throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE deepthink4j_budget_spent DROP COLUMN over_at");
        }

        assertThatThrownBy(store::createTables)
                .isInstanceOf(BudgetStoreException.class)
                .hasMessageContaining("deepthink4j_budget_spent is there already, but is not as this version needs it")
                .hasMessageContaining("drop the three tables");
    }

    @Test
    void should_blame_the_tables_only_where_it_is_the_tables() {
        JdbcConnectionPool empty = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        BudgetStore.Reservation one = of("x", BudgetPeriod.day(), Instant.now());
        BudgetStore.Reservation tooMuch = reservation("x", BudgetPeriod.day(), Instant.now(), "1E30", null);

        assertThatThrownBy(() -> JdbcBudgetStore.of(empty).reserve(one))
                .isInstanceOf(BudgetStoreException.class)
                .hasMessageContaining("made by createTables()");
        assertThatThrownBy(() -> store.reserve(tooMuch))
                .isInstanceOf(BudgetStoreException.class)
                .hasMessage("The budgets in the database could not be read or written");
        empty.dispose();
    }

    @Test
    void should_say_that_it_was_the_store_whatever_a_pool_throws() {
        BudgetStore.Reservation one = of("x", BudgetPeriod.day(), Instant.now());
        for (Throwable thrown : List.of(new IllegalStateException("timed out"), new NoClassDefFoundError("driver"))) {
            JdbcBudgetStore broken = JdbcBudgetStore.of(throwing(thrown));

            assertThatThrownBy(() -> broken.reserve(one))
                    .isInstanceOf(BudgetStoreException.class)
                    .hasCause(thrown);
            assertThatThrownBy(() -> broken.settle(one, BigDecimal.ONE)).isInstanceOf(BudgetStoreException.class);
            assertThatThrownBy(broken::createTables).isInstanceOf(BudgetStoreException.class);
            assertThatThrownBy(broken::prune).isInstanceOf(BudgetStoreException.class);
        }
    }

    private static DataSource throwing(Throwable thrown) {
        return (DataSource) Proxy.newProxyInstance(
                JdbcBudgetStoreTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> {
                    throw thrown;
                });
    }

    /** Processes in earnest: each a JVM of its own. */
    @Test
    void should_share_a_budget_between_two_processes(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:" + folder.resolve("budgets") + ";AUTO_SERVER=TRUE;LOCK_TIMEOUT=20000";
        Connection keepsItOpen = DriverManager.getConnection(url);
        try {
            Process one = spender(url);
            Process other = spender(url);

            int spentByOne = result(one);
            int spentByOther = result(other);

            assertThat(spentByOne + spentByOther).isEqualTo(100);
        } finally {
            keepsItOpen.close();
        }
    }

    private static Process spender(String url) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpendingProcess.class.getName(),
                        url)
                .redirectErrorStream(true)
                .start();
    }

    private static int result(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("spent ");
        return Integer.parseInt(said.substring(said.lastIndexOf("spent ") + 6).trim());
    }
}
