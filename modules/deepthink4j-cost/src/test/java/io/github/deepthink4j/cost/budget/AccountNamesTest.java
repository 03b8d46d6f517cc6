package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys and names of budgets that look alike. */
@Timeout(120)
class AccountNamesTest {

    @Test
    void should_be_plain_short_and_of_one_case() {
        Set<String> names = new HashSet<>();
        for (String key : BudgetStoreKit.similarKeys()) {
            String name = AccountNames.of("USD:5:daily:key:" + key);

            assertThat(name).hasSizeLessThan(300).matches("usd:5:daily:key:[a-z0-9 :.@/_-]*#[0-9a-f]{64}");
            assertThat(AccountNames.of("USD:5:daily:key:" + key)).isEqualTo(name);
            names.add(name.substring(name.indexOf('#')));
        }
        assertThat(names).hasSameSizeAs(BudgetStoreKit.similarKeys());
    }

    /** A budget of a name, with a key. */
    private record Keyed(String name, @Nullable String key) {}

    @Test
    void should_keep_budgets_apart_whose_names_and_keys_make_the_same_text() {
        List<Keyed> all = List.of(
                new Keyed("a", null),
                new Keyed("a", ""),
                new Keyed("a", "null"),
                new Keyed("a", "key:"),
                new Keyed("a", "b"),
                new Keyed("a", "b:key:c"),
                new Keyed("a:key:b", "c"),
                new Keyed("a:key:b", null),
                new Keyed("A", "b"),
                new Keyed("1:a", "b"),
                new Keyed("a", "request:b"));
        JdbcConnectionPool pool =
                JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("Hi"))) {
            for (BudgetStore store :
                    List.of(BudgetStore.inMemory(), JdbcBudgetStore.of(pool).createTables())) {
                for (Keyed each : all) {
                    assertThat(CallKind.ASYNC.failure("Hi", settings(deepSeek, each, store)))
                            .as("the first of %s", each)
                            .isNull();
                }
                for (Keyed each : all) {
                    assertThat(CallKind.ASYNC.failure("Hi", settings(deepSeek, each, store)))
                            .as("the second of %s", each)
                            .isInstanceOf(BudgetExceededException.class);
                }
            }
        } finally {
            pool.dispose();
        }
    }

    /** One call is all of it. */
    private static Consumer<DeepSeekModelBuilder<?>> settings(
            DeepSeekSimulator deepSeek, Keyed keyed, BudgetStore store) {
        Budget budget = Budget.builder(keyed.name())
                .money(BigDecimal.ONE, PriceList.USD)
                .pricing(call -> Cost.in(PriceList.USD).services(BigDecimal.ONE).build())
                .per(request -> keyed.key())
                .store(store)
                .build();
        return builder -> {
            builder.baseUrl(deepSeek.baseUrl());
            builder.apiKey("test");
            builder.modelName("deepseek-flash");
            builder.gates(budget);
            builder.retryPolicy(RetryPolicy.NONE);
        };
    }

    /** As MySQL's, where no other collation is chosen. */
    @Nested
    class WhereCaseAndAccentsMakeNoDifference extends BudgetStoreKit {

        private final JdbcConnectionPool pool = JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000;IGNORECASE=TRUE", "sa", "");
        private final JdbcBudgetStore store = JdbcBudgetStore.of(pool);

        @BeforeEach
        void createTables() throws SQLException {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET COLLATION ENGLISH STRENGTH PRIMARY");
            }
            store.createTables();
        }

        @AfterEach
        void close() {
            pool.dispose();
        }

        @Override
        BudgetStore store() {
            return store;
        }
    }
}
