package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;

/** The memory of conversations, which is there for those who ask for it. */
class MemoryTest {

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:starter-" + System.identityHashCode(database) + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    @Test
    void should_give_nobody_a_memory_who_has_not_asked() {
        Runners.withKey().run(context -> assertThat(context).doesNotHaveBean(ChatMemoryProvider.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enabled=true", "max-messages=4", "max-turns=2", "max-tokens=500", "fit-context-window=0"})
    void should_give_one_to_who_sets_a_limit(String property) {
        Runners.withKey()
                .withPropertyValues("deepthink4j.memory." + property)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(ChatMemoryProvider.class)
                        .extracting(provider -> provider.get("anna"))
                        .isInstanceOf(ReasoningChatMemory.class));
    }

    @Test
    void should_hold_the_limit() {
        Runners.withKey().withPropertyValues("deepthink4j.memory.max-turns=1").run(context -> {
            ChatMemory memory = context.getBean(ChatMemoryProvider.class).get("anna");
            memory.add(UserMessage.from("One"));
            memory.add(AiMessage.from("1"));
            memory.add(UserMessage.from("Two"));
            assertThat(memory.messages()).containsExactly(UserMessage.from("Two"));
        });
    }

    @Test
    void should_keep_conversations_in_a_store_of_the_context() {
        ChatMemoryStore store = new InMemoryChatMemoryStore();
        Runners.withKey().withBean(ChatMemoryStore.class, () -> store).run(context -> {
            context.getBean(ChatMemoryProvider.class).get("anna").add(UserMessage.from("Hi"));
            assertThat(store.getMessages("anna")).containsExactly(UserMessage.from("Hi"));
        });
    }

    @Test
    void should_have_no_memory_if_it_is_switched_off() {
        Runners.withKey()
                .withBean(ChatMemoryStore.class, InMemoryChatMemoryStore::new)
                .withPropertyValues("deepthink4j.memory.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatMemoryProvider.class));
    }

    @Test
    void should_leave_the_place_to_a_provider_of_the_application() {
        ChatMemoryProvider own = id -> ReasoningChatMemory.withMaxMessages(3);
        Runners.withKey()
                .withBean(ChatMemoryProvider.class, () -> own)
                .withPropertyValues("deepthink4j.memory.max-turns=1")
                .run(context ->
                        assertThat(context.getBean(ChatMemoryProvider.class)).isSameAs(own));
    }

    @Test
    void should_keep_conversations_in_the_data_source() {
        Runners.withKey()
                .withBean(DataSource.class, MemoryTest::database)
                .withPropertyValues(
                        "deepthink4j.memory.jdbc.create-tables=true",
                        "deepthink4j.memory.jdbc.conversation-table=talk",
                        "deepthink4j.memory.jdbc.message-table=talk_message")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(ChatMemoryProvider.class).get("anna").add(UserMessage.from("Hi"));
                    assertThat(context.getBean(JdbcChatMemoryStore.class).getMessages("anna"))
                            .containsExactly(UserMessage.from("Hi"));
                });
    }

    @Test
    void should_leave_the_data_source_alone_if_it_is_told_to_or_has_no_module_for_it() {
        Runners.withKey()
                .withBean(DataSource.class, MemoryTest::database)
                .withPropertyValues("deepthink4j.memory.jdbc.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatMemoryStore.class));
        Runners.withKey()
                .withBean(DataSource.class, MemoryTest::database)
                .withClassLoader(new FilteredClassLoader("io.github.deepthink4j.memory.jdbc"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatMemoryStore.class));
    }
}
