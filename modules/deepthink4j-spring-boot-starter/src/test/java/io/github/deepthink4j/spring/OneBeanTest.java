package io.github.deepthink4j.spring;

import static io.github.deepthink4j.spring.Runners.analysis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.cost.budget.BudgetStore;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.ProxySelector;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Of several beans of a type the starter takes the primary one, and none without a word. */
class OneBeanTest {

    private static final String CREATE = "deepthink4j.memory.jdbc.create-tables=true";

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:one-" + System.identityHashCode(database) + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    private static ApplicationContextRunner twoDatabases() {
        return Runners.withKey()
                .withBean("orders", DataSource.class, OneBeanTest::database)
                .withBean("talks", DataSource.class, OneBeanTest::database);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind(ChatMemoryStore.class, InMemoryChatMemoryStore::new, "deepthink4j.memory.max-turns=3"),
                kind(BudgetStore.class, BudgetStore::inMemory, "deepthink4j.budget.tokens=5"),
                kind(PriceList.class, PriceList::deepSeek, "deepthink4j.budget.money=5"),
                kind(ProxySelector.class, () -> ProxySelector.of(null), "deepthink4j.thinking=on"),
                kind(ObservationRegistry.class, ObservationRegistry::create, "deepthink4j.thinking=on"),
                kind(SimpleMeterRegistry.class, SimpleMeterRegistry::new, "deepthink4j.thinking=on"));
    }

    private static <T> Arguments kind(Class<T> type, Supplier<T> bean, String property) {
        return Arguments.of(type, bean, property);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void should_not_start_with_two_of_a_kind_and_name_them(Class<T> type, Supplier<T> bean, String property) {
        FailureAnalysis analysis = analysis(Runners.withKey()
                .withPropertyValues(property)
                .withBean("one", type, bean)
                .withBean("two", type, bean));

        assertThat(analysis.getDescription()).contains("there are 2 of type ", "(one, two)", "none is primary");
        assertThat(analysis.getAction()).contains("@Primary").doesNotContain("..");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void should_take_the_primary_one(Class<T> type, Supplier<T> bean, String property) {
        Runners.withKey()
                .withPropertyValues(property)
                .withBean("one", type, bean)
                .withBean("two", type, bean, definition -> definition.setPrimary(true))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void should_not_start_with_two_data_sources() {
        FailureAnalysis analysis = analysis(twoDatabases().withPropertyValues(CREATE));

        assertThat(analysis.getDescription()).contains("2 of type DataSource (orders, talks)", "none is primary");
        assertThat(analysis.getAction()).contains("@Primary", "deepthink4j.memory.jdbc.data-source", "enabled=false");
    }

    /** With one it is enough that the module is there, so with two it is not nothing. */
    @Test
    void should_not_start_with_two_data_sources_and_no_property() {
        assertThat(analysis(twoDatabases()).getDescription()).contains("2 of type DataSource (orders, talks)");
    }

    @Test
    void should_not_ask_which_data_source_is_meant_beside_a_memory_of_the_application() {
        twoDatabases()
                .withBean(ChatMemoryProvider.class, () -> id -> ReasoningChatMemory.withMaxMessages(3))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatMemoryStore.class));
        twoDatabases()
                .withPropertyValues("deepthink4j.memory.jdbc.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatMemoryStore.class));
    }

    @Test
    void should_keep_conversations_in_the_data_source_that_is_named() {
        twoDatabases()
                .withPropertyValues(CREATE, "deepthink4j.memory.jdbc.data-source=talks")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(ChatMemoryProvider.class).get("anna").add(UserMessage.from("Hi"));
                    JdbcChatMemoryStore same = JdbcChatMemoryStore.builder()
                            .dataSource(context.getBean("talks", DataSource.class))
                            .build();
                    assertThat(same.getMessages("anna")).containsExactly(UserMessage.from("Hi"));
                });
    }

    @Test
    void should_say_which_data_sources_there_are() {
        FailureAnalysis analysis =
                analysis(twoDatabases().withPropertyValues(CREATE, "deepthink4j.memory.jdbc.data-source=talk"));

        assertThat(analysis.getDescription())
                .startsWith("The property deepthink4j.memory.jdbc.data-source can't be used: ")
                .contains("'talk'", "It is set in ");
        assertThat(analysis.getAction()).contains("orders, talks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create-tables=true", "schema=talk", "message-table=message", "enabled=true"})
    void should_not_start_without_the_database_that_somebody_asks_for(String property) {
        FailureAnalysis analysis = analysis(Runners.withKey()
                .withPropertyValues("deepthink4j.memory.enabled=true", "deepthink4j.memory.jdbc." + property));

        assertThat(analysis.getDescription())
                .startsWith(
                        "The property deepthink4j.memory.jdbc." + property.replaceFirst("=.*", "") + " can't be used: ")
                .contains("no DataSource", "It is set in ");
        assertThat(analysis.getAction()).contains("spring.datasource.url");
    }

    @Test
    void should_not_start_without_the_module_that_somebody_asks_for() {
        FailureAnalysis analysis = analysis(Runners.withKey()
                .withBean(DataSource.class, OneBeanTest::database)
                .withClassLoader(new FilteredClassLoader("io.github.deepthink4j.memory.jdbc"))
                .withPropertyValues(CREATE));

        assertThat(analysis.getAction()).contains("io.github.deepthink4j:deepthink4j-memory-jdbc");
    }

    @Test
    void should_say_why_the_tables_can_not_be_created() {
        FailureAnalysis analysis = analysis(Runners.withKey()
                .withBean(DataSource.class, OneBeanTest::database)
                .withPropertyValues(CREATE, "deepthink4j.memory.jdbc.schema=nope"));

        assertThat(analysis.getDescription())
                .startsWith("The property deepthink4j.memory.jdbc.create-tables can't be used: ");
        assertThat(analysis.getAction()).contains("deepthink4j.memory.jdbc.schema");
    }
}
