package io.github.deepthink4j.cost.budget;

import io.github.deepthink4j.cost.budget.BudgetStore.Reservation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;

/** A process that spends what it can of a budget of 100, four calls at a time. */
final class SpendingProcess {

    private SpendingProcess() {}

    public static void main(String[] args) throws InterruptedException {
        JdbcConnectionPool pool = JdbcConnectionPool.create(args[0], "", "");
        BudgetStore store = create(pool);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicInteger spent = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            threads.execute(() -> {
                Reservation one =
                        BudgetStoreKit.reservation("shared", BudgetPeriod.forever(), Instant.now(), "1", "100");
                if (store.reserve(one).reserved()) {
                    store.settle(one, BigDecimal.ONE);
                    spent.incrementAndGet();
                }
            });
        }
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.MINUTES);
        System.out.println("spent " + spent);
        System.exit(0);
    }

    /** Two that create tables at the same moment may meet. */
    private static BudgetStore create(JdbcConnectionPool pool) {
        try {
            return JdbcBudgetStore.of(pool).createTables();
        } catch (BudgetStoreException e) {
            return JdbcBudgetStore.of(pool).createTables();
        }
    }
}
