package io.github.deepthink4j.spring;

import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.memory.ReasoningMemoryListener;
import io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The memory of conversations. LangChain4j gives a {@code ChatMemoryProvider} to every AI service, whose methods without a memory id
 * then share one conversation: so there is none unless somebody has asked for it.
 */
@AutoConfiguration(after = DeepSeekAutoConfiguration.class)
@AutoConfigureAfter(name = {BootNames.DATA_SOURCE_3, BootNames.DATA_SOURCE_4})
@ConditionalOnProperty(prefix = DeepSeekProperties.PREFIX, name = "enabled", matchIfMissing = true)
public class DeepSeekMemoryAutoConfiguration {

    /** Where deepthink4j-memory-jdbc is there. */
    @Configuration(proxyBeanMethods = false)
    @Order(1)
    @ConditionalOnClass(name = "io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore")
    @ConditionalOnProperty(prefix = "deepthink4j.memory.jdbc", name = "enabled", matchIfMissing = true)
    static class StoreConfiguration {

        @Bean
        @ConditionalOnMissingBean(ChatMemoryStore.class)
        @ConditionalOnSingleCandidate(DataSource.class)
        JdbcChatMemoryStore deepSeekChatMemoryStore(DeepSeekProperties properties, DataSource dataSource) {
            DeepSeekProperties.Jdbc jdbc = properties.getMemory().jdbc();
            JdbcChatMemoryStore.Builder store =
                    JdbcChatMemoryStore.builder().dataSource(dataSource).createTables(jdbc.createTables());
            DeepSeekModels.ifSet(jdbc.schema(), store::schema);
            DeepSeekModels.ifSet(jdbc.conversationTable(), store::conversationTable);
            DeepSeekModels.ifSet(jdbc.messageTable(), store::messageTable);
            return UnusableSettingException.checked("deepthink4j.memory.jdbc", store::build);
        }
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
                DeepSeekProperties properties,
                DeepSeekModels models,
                ObjectProvider<ChatMemoryStore> store,
                ObjectProvider<ReasoningMemoryListener> listener) {
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
            store.ifUnique(provider::chatMemoryStore);
            listener.ifUnique(provider::listener);
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
