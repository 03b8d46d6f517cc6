package io.github.deepthink4j.spring;

import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.memory.ReasoningMemoryListener;
import io.github.deepthink4j.memory.jdbc.ChatMemoryStoreException;
import io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * The memory of conversations. LangChain4j gives a {@code ChatMemoryProvider} to every AI service, whose methods without a memory id
 * then share one conversation: so there is none unless somebody has asked for it.
 */
@AutoConfiguration(after = DeepSeekAutoConfiguration.class)
@AutoConfigureAfter(name = {BootNames.DATA_SOURCE_3, BootNames.DATA_SOURCE_4})
@ConditionalOnProperty(prefix = DeepSeekProperties.PREFIX, name = "enabled", matchIfMissing = true)
public class DeepSeekMemoryAutoConfiguration {

    private static final String NO_MEMORY =
            ", make a ChatMemoryProvider of your own, or set deepthink4j.memory.enabled=false for none";

    /** Where deepthink4j-memory-jdbc is there. */
    @Configuration(proxyBeanMethods = false)
    @Order(1)
    @ConditionalOnClass(name = "io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore")
    @ConditionalOnProperty(prefix = "deepthink4j.memory.jdbc", name = "enabled", matchIfMissing = true)
    static class StoreConfiguration {

        @Bean
        @ConditionalOnMissingBean(ChatMemoryStore.class)
        @Conditional(StoreWanted.class)
        JdbcChatMemoryStore deepSeekChatMemoryStore(DeepSeekProperties properties, BeanFactory beans) {
            DeepSeekProperties.Jdbc jdbc = properties.getMemory().jdbc();
            JdbcChatMemoryStore.Builder store = JdbcChatMemoryStore.builder()
                    .dataSource(MemoryDataSource.of(beans, jdbc))
                    .createTables(jdbc.createTables());
            DeepSeekModels.ifSet(jdbc.schema(), store::schema);
            DeepSeekModels.ifSet(jdbc.conversationTable(), store::conversationTable);
            DeepSeekModels.ifSet(jdbc.messageTable(), store::messageTable);
            try {
                return UnusableSettingException.checked(MemoryDataSource.PREFIX, store::build);
            } catch (ChatMemoryStoreException e) {
                throw new UnusableSettingException(
                        MemoryDataSource.PREFIX + ".create-tables",
                        "the tables can't be created: " + UnusableSettingException.words(e),
                        "See whether the database is there, whether the user may create tables in it, and whether "
                                + MemoryDataSource.PREFIX + ".schema, if it is set, is one that there is",
                        e);
            }
        }
    }

    /** Where somebody asks for a database, and that module is not there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore")
    @Conditional(MemoryDataSource.Asked.class)
    static class MissingModule {

        MissingModule(Environment environment) {
            throw new UnusableSettingException(
                    MemoryDataSource.asked(environment).iterator().next(),
                    "deepthink4j-memory-jdbc is not on the class path, and it has the conversations in a database",
                    "Add the dependency io.github.deepthink4j:deepthink4j-memory-jdbc, or leave the property out");
        }
    }

    /** There is a database, or somebody says that there is. */
    static class StoreWanted extends AnyNestedCondition {

        StoreWanted() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @Conditional(MemoryDataSource.There.class)
        static class Database {}

        @Conditional(MemoryDataSource.Asked.class)
        static class Asked {}
    }

    /** After the store, which it looks for. The type is in the module with the AI services, which not everybody has. */
    @Configuration(proxyBeanMethods = false)
    @Order(2)
    @ConditionalOnClass(name = "dev.langchain4j.memory.chat.ChatMemoryProvider")
    @ConditionalOnProperty(prefix = "deepthink4j.memory", name = "enabled", matchIfMissing = true)
    static class ProviderConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @Conditional(Wanted.class)
        ChatMemoryProvider deepSeekChatMemoryProvider(
                DeepSeekProperties properties, DeepSeekModels models, BeanFactory beans) {
            DeepSeekProperties.Memory memory = properties.getMemory();
            ModelProfile profile = models.blocks().memoryProfile(models::profile);
            ReasoningChatMemory.ProviderBuilder provider =
                    ReasoningChatMemory.provider().profile(profile);
            if (!memory.hasTools()) {
                provider.hasTools(false);
            }
            atLeastOne("max-messages", memory.maxMessages(), provider::maxMessages);
            atLeastOne("max-turns", memory.maxTurns(), provider::maxTurns);
            atLeastOne("max-tokens", memory.maxTokens(), provider::maxTokens);
            DeepSeekModels.ifSet(OneBean.find(beans, ChatMemoryStore.class, NO_MEMORY), provider::chatMemoryStore);
            DeepSeekModels.ifSet(OneBean.find(beans, ReasoningMemoryListener.class), provider::listener);
            return UnusableSettingException.checked("deepthink4j.memory", () -> {
                DeepSeekModels.ifSet(memory.fitContextWindow(), provider::fitContextWindow);
                return provider.build();
            });
        }
    }

    /** The memory itself says so only when it is used. */
    private static void atLeastOne(String name, @Nullable Integer limit, Consumer<Integer> setter) {
        if (limit != null && limit < 1) {
            throw new UnusableSettingException(
                    "deepthink4j.memory." + name,
                    "it must be at least 1, but is " + limit,
                    "Set it to a greater number, or leave it out for no such limit");
        }
        DeepSeekModels.ifSet(limit, setter);
    }

    /** Somebody has set a limit, has said so, or has a store. */
    static class Wanted extends AnyNestedCondition {

        private static final String MEMORY = "deepthink4j.memory";

        Wanted() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(prefix = MEMORY, name = "enabled", havingValue = "true")
        static class Enabled {}

        @ConditionalOnProperty(prefix = MEMORY, name = "max-messages")
        static class MaxMessages {}

        @ConditionalOnProperty(prefix = MEMORY, name = "max-turns")
        static class MaxTurns {}

        @ConditionalOnProperty(prefix = MEMORY, name = "max-tokens")
        static class MaxTokens {}

        @ConditionalOnProperty(prefix = MEMORY, name = "fit-context-window")
        static class FitContextWindow {}

        @ConditionalOnBean(ChatMemoryStore.class)
        static class Store {}
    }
}
