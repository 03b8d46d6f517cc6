package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Budgets whose database fails in the midst of a change: all of it or nothing. */
@Timeout(60)
class LostTransactionsTest {

    private static final String ACCOUNT = "account";

    /** What happens before or after a call of the connection's or of one of its statements'. */
    private interface Trouble {
        void with(String method, boolean before) throws Throwable;
    }

    private final JdbcConnectionPool pool = JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=2000", "sa", "");
    private final JdbcBudgetStore store = JdbcBudgetStore.of(pool).createTables();
    private final List<String> calls = new ArrayList<>();
    private boolean autoCommit = true;
    private Trouble trouble = (method, before) -> {};
    private final JdbcBudgetStore troubled = JdbcBudgetStore.of((DataSource) troubled(pool, DataSource.class));

    @AfterEach
    void close() {
        pool.dispose();
    }

    private Object troubled(Object real, Class<?> type) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    trouble.with(method.getName(), true);
                    Object result = call(real, method, arguments);
                    trouble.with(method.getName(), false);
                    if (result instanceof Connection connection) {
                        connection.setAutoCommit(autoCommit);
                    }
                    Class<?> made = method.getReturnType();
                    boolean isOurs =
                            made == Connection.class || made.getSimpleName().equals("PreparedStatement");
                    return isOurs ? troubled(result, made) : result;
                });
    }

    private static @Nullable Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static BudgetStore.Reservation one() {
        return BudgetStoreKit.reservation(ACCOUNT, BudgetPeriod.forever(), Instant.now(), "1", "10");
    }

    /** The account is there, so that each change is one transaction. */
    private BigDecimal used() {
        BudgetStore.Reservation probe =
                BudgetStoreKit.reservation(ACCOUNT, BudgetPeriod.forever(), Instant.now(), "0", null);
        BudgetStore.Balance balance = store.reserve(probe);
        store.settle(probe, BigDecimal.ZERO);
        return balance.used();
    }

    @Test
    void should_let_nothing_half_done_be_committed_where_it_can_not_be_rolled_back() {
        BudgetStore.Reservation reserved = one();
        store.reserve(reserved);
        for (Throwable each : List.of(
                new SQLException("rollback", "HY000"),
                new IllegalStateException("rollback"),
                new LinkageError("rollback"))) {
            trouble = (method, before) -> {
                if (before && method.equals("commit")) {
                    throw new LinkageError("of the work");
                }
                if (before && method.equals("rollback")) {
                    throw each;
                }
            };
            for (int i = 0; i < 2; i++) {
                boolean settles = i == 1;
                calls.clear();

                assertThatThrownBy(() -> {
                            if (settles) {
                                troubled.settle(reserved, new BigDecimal(7));
                            } else {
                                troubled.reserve(one());
                            }
                        })
                        .isInstanceOf(BudgetStoreException.class)
                        .hasCauseInstanceOf(LinkageError.class);

                assertThat(used()).isEqualByComparingTo("1");
                List<String> end = calls.subList(calls.lastIndexOf("rollback"), calls.size());
                assertThat(end).containsExactly("rollback", "abort", "close");
            }
        }
    }

    @Test
    void should_roll_back_after_an_error_in_the_midst_of_it_and_give_the_connection_back_as_it_was() {
        used();
        trouble = (method, before) -> {
            if (!before && method.equals("executeUpdate")) {
                throw new StackOverflowError("of the work");
            }
        };
        calls.clear();

        assertThatThrownBy(() -> troubled.reserve(one())).hasCauseInstanceOf(StackOverflowError.class);

        assertThat(calls.subList(calls.indexOf("rollback"), calls.size()))
                .containsExactly("rollback", "setAutoCommit", "close");
        assertThat(used()).isEqualByComparingTo("0");
    }

    @Test
    void should_not_mind_a_connection_that_can_not_be_given_back_as_it_was() {
        used();
        for (Throwable each : List.of(
                new SQLException("closed", "08003"), new IllegalStateException("closed"), new LinkageError("closed"))) {
            boolean[] isCommitted = new boolean[1];
            trouble = (method, before) -> {
                isCommitted[0] |= method.equals("commit");
                if (isCommitted[0] && !before && (method.equals("setAutoCommit") || method.equals("close"))) {
                    isCommitted[0] = method.equals("setAutoCommit");
                    throw each;
                }
            };
            BudgetStore.Reservation reserved = one();

            assertThat(troubled.reserve(reserved).reserved()).isTrue();
            troubled.settle(reserved, BigDecimal.ONE);
        }
        assertThat(used()).isEqualByComparingTo("3");
    }

    @Test
    void should_reserve_nothing_where_only_the_word_of_it_was_lost() {
        used();
        int[] commits = new int[1];
        trouble = (method, before) -> {
            if (!before && method.equals("commit") && commits[0]++ == 0) {
                throw new SQLException("connection reset", "08006");
            }
        };

        assertThatThrownBy(() -> troubled.reserve(one())).isInstanceOf(BudgetStoreException.class);

        assertThat(used()).isEqualByComparingTo("0");
    }

    @Test
    void should_commit_the_tables_where_a_connection_does_not_by_itself() {
        for (boolean auto : List.of(true, false)) {
            autoCommit = auto;
            calls.clear();

            troubled.createTables();

            assertThat(calls.contains("commit")).isEqualTo(!auto);
        }
    }

    @Test
    void should_settle_once_where_only_the_word_of_it_was_lost() {
        BudgetStore.Reservation reserved = one();
        store.reserve(reserved);
        int[] commits = new int[1];
        trouble = (method, before) -> {
            if (!before && method.equals("commit") && commits[0]++ == 0) {
                throw new SQLException("connection reset", "08006");
            }
        };

        troubled.settle(reserved, new BigDecimal(2));

        assertThat(used()).isEqualByComparingTo("2");
    }
}
