package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
