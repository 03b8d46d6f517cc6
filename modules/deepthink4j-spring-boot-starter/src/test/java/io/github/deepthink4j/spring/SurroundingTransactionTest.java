package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.cost.budget.BudgetStore;
import io.github.deepthink4j.cost.budget.BudgetStoreException;
import io.github.deepthink4j.cost.budget.JdbcBudgetStore;
import io.github.deepthink4j.memory.jdbc.ChatMemoryStoreException;
import io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** What a store does is neither part of the transaction of Spring's that surrounds it nor the end of it. */
class SurroundingTransactionTest {

    private final JdbcDataSource database = new JdbcDataSource();
    private final DataSource aware = new TransactionAwareDataSourceProxy(new TransactionAwareDataSourceProxy(database));
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));

    @BeforeEach
    void createTable() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        jdbc.execute("CREATE TABLE mine (id INT)");
    }

    private int mine() {
        return jdbc.queryForObject("SELECT COUNT(*) FROM mine", Integer.class);
    }

    private void rolledBack(Runnable within) {
        transaction.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO mine VALUES (1)");
            within.run();
            status.setRollbackOnly();
        });
    }

    private static BudgetStore.Reservation reservation() {
        Instant now = Instant.now();
        return new BudgetStore.Reservation(
                UUID.randomUUID().toString(),
                "account",
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                BigDecimal.ONE,
                BigDecimal.TEN,
                now,
                now.plusSeconds(600));
    }

    @Test
    void should_write_a_conversation_on_a_connection_of_its_own() {
        JdbcChatMemoryStore store = JdbcChatMemoryStore.builder()
                .dataSource(aware)
                .createTables(true)
                .build();

        rolledBack(() -> {
            store.getMessages("a");
            store.updateMessages("a", List.of(UserMessage.from("Hi")));
        });

        assertThat(mine()).isZero();
        assertThat(store.getMessages("a")).containsExactly(UserMessage.from("Hi"));
    }

    @Test
    void should_hand_in_the_target_of_the_contexts_data_source() {
        Runners.withKey()
                .withBean(DataSource.class, () -> aware)
                .withPropertyValues("deepthink4j.memory.jdbc.create-tables=true")
                .run(context -> {
                    ChatMemoryStore store = context.getBean(ChatMemoryStore.class);

                    rolledBack(() -> store.updateMessages("a", List.of(UserMessage.from("Hi"))));

                    assertThat(mine()).isZero();
                    assertThat(store.getMessages("a")).hasSize(1);
                });
    }

    @Test
    void should_reserve_on_a_connection_of_its_own() {
        JdbcBudgetStore store = JdbcBudgetStore.of(aware).createTables();

        rolledBack(() -> store.reserve(reservation()));

        assertThat(mine()).isZero();
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM deepthink4j_budget_reserved", Integer.class))
                .isOne();
    }

    @Test
    void should_touch_nothing_where_another_proxy_hides_springs() {
        JdbcChatMemoryStore.builder().dataSource(database).createTables(true).build();
        JdbcBudgetStore.of(database).createTables();
        DataSource hidden = new DelegatingDataSource(aware);
        JdbcChatMemoryStore store =
                JdbcChatMemoryStore.builder().dataSource(hidden).build();
        JdbcBudgetStore budgets = JdbcBudgetStore.of(hidden);

        rolledBack(() -> {
            assertThatThrownBy(() -> store.getMessages("a"))
                    .isInstanceOf(ChatMemoryStoreException.class)
                    .hasMessageContaining("in the midst of a transaction of somebody else's");
            assertThatThrownBy(() -> budgets.reserve(reservation()))
                    .isInstanceOf(BudgetStoreException.class)
                    .hasMessageContaining("in the midst of a transaction of somebody else's");
            assertThatThrownBy(budgets::createTables)
                    .isInstanceOf(BudgetStoreException.class)
                    .hasMessageContaining("in the midst of a transaction of somebody else's");
            assertThat(mine()).isOne();
        });

        assertThat(mine()).isZero();
    }

    @Test
    void should_leave_a_transaction_to_be_committed_that_goes_on_after_a_refusal() {
        JdbcChatMemoryStore.builder().dataSource(database).createTables(true).build();
        JdbcChatMemoryStore store = JdbcChatMemoryStore.builder()
                .dataSource(new DelegatingDataSource(aware))
                .build();

        transaction.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO mine VALUES (1)");
            assertThatThrownBy(() -> store.getMessages("a")).isInstanceOf(ChatMemoryStoreException.class);
            jdbc.update("INSERT INTO mine VALUES (2)");
        });

        assertThat(mine()).isEqualTo(2);
    }
}
