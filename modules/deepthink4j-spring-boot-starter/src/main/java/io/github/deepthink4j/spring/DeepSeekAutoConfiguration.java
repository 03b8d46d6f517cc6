package io.github.deepthink4j.spring;

import io.github.deepthink4j.model.DeepSeekAccount;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * The models, blocking, streaming and for Reactor, those that complete in the middle, the combined ones, the catalog and the account. It comes late, so that models
 * that others make are seen.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(DeepSeekChatModel.class)
@ConditionalOnProperty(prefix = DeepSeekProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(DeepSeekProperties.class)
@Import({ModelBeans.class, ServiceBeans.class})
public class DeepSeekAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DeepSeekAutoConfiguration.class);

    @Bean
    ModelBlocks deepSeekModelBlocks(Environment environment) {
        ModelBlocks blocks = ModelBlocks.checked(environment);
        String host = blocks.hostWithoutVariable();
        if (host != null) {
            LOG.info(
                    "{} is not sent to {}; if that host is to have it, set deepthink4j.api-key=${{}}",
                    ModelBlocks.KEY_VARIABLE,
                    host,
                    ModelBlocks.KEY_VARIABLE);
        }
        return blocks;
    }

    @Bean(BeanNames.MODELS)
    DeepSeekModels deepSeekModels(ModelBlocks blocks, BeanFactory beans, Environment environment) {
        return new DeepSeekModels(blocks, beans, new Connections(blocks, beans, environment));
    }

    @Bean(BeanNames.FIM)
    FimModels deepSeekFimModels(DeepSeekModels models, BeanFactory beans) {
        return new FimModels(models, beans);
    }

    /** Made when somebody asks for it: an application whose named models have their keys may give the block none. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    DeepSeekModelCatalog deepSeekModelCatalog(DeepSeekModels models) {
        return models.catalog();
    }

    /** Made when somebody asks for it, as the catalog. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    DeepSeekAccount deepSeekAccount(DeepSeekModels models) {
        return models.account();
    }

    /** Where deepthink4j-reactor is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {"io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel", "reactor.core.publisher.Flux"})
    static class ReactorConfiguration {

        @Bean(BeanNames.REACTIVE)
        ReactiveModels deepSeekReactiveModels(BeanFactory beans) {
            return new ReactiveModels(beans);
        }
    }

    /** Where deepthink4j-agents is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.github.deepthink4j.agent.failover.FailoverChatModel")
    static class CombinedConfiguration {

        @Bean(BeanNames.COMBINED)
        CombinedModels deepSeekCombinedModels(ModelBlocks blocks, BeanFactory beans) {
            return new CombinedModels(blocks, beans);
        }
    }
}
