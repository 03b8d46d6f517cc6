package io.github.deepthink4j.cost.budget;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.postgresql.ds.PGSimpleDataSource;

/** Where somebody has said where a PostgreSQL is, which must be there for tests alone; see .ci/databases. */
@EnabledIfEnvironmentVariable(
        named = PostgreSqlBudgetStoreTest.ADDRESS,
        matches = ".+",
        disabledReason = "skipped: " + PostgreSqlBudgetStoreTest.ADDRESS + " names no PostgreSQL")
class PostgreSqlBudgetStoreTest extends BudgetStoreKit {

    static final String ADDRESS = "CHAT_MEMORY_TEST_POSTGRESQL";

    private BudgetStore store;

    /** The tables stay, and so may be there already; the accounts are of each test's own. */
    @Override
    synchronized BudgetStore store() {
        if (store == null) {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(System.getenv(ADDRESS));
            store = JdbcBudgetStore.of(database).createTables();
        }
        return store;
    }
}
