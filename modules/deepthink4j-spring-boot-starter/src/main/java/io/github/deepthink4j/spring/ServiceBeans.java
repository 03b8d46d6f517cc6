package io.github.deepthink4j.spring;

import dev.langchain4j.web.search.WebSearchEngine;
import io.github.deepthink4j.model.DeepSeekFiles;
import io.github.deepthink4j.model.DeepSeekOcr;
import io.github.deepthink4j.model.DeepSeekServiceBuilder;
import io.github.deepthink4j.model.DeepSeekWebPageLoader;
import io.github.deepthink4j.model.DeepSeekWebSearchEngine;
import io.github.deepthink4j.price.Pricing;
import java.util.function.Function;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What DeepSeek offers beside chats, with the connection of the block; each made when somebody asks for it, as the catalog. */
@Configuration(proxyBeanMethods = false)
class ServiceBeans {

    private final DeepSeekModels models;
    private final BeanFactory beans;

    ServiceBeans(DeepSeekModels models, BeanFactory beans) {
        this.models = models;
        this.beans = beans;
    }

    /** Not beside another engine, so that who asks for one is not left with two. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(WebSearchEngine.class)
    DeepSeekWebSearchEngine deepSeekWebSearchEngine() {
        return built(DeepSeekWebSearchEngine.builder(), DeepSeekWebSearchEngine.Builder::build);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    DeepSeekWebPageLoader deepSeekWebPageLoader() {
        return built(DeepSeekWebPageLoader.builder(), DeepSeekWebPageLoader.Builder::build);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    DeepSeekFiles deepSeekFiles() {
        return built(DeepSeekFiles.builder(), DeepSeekFiles.Builder::build);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    DeepSeekOcr deepSeekOcr() {
        return built(DeepSeekOcr.builder(), DeepSeekOcr.Builder::build);
    }

    private <B extends DeepSeekServiceBuilder<B>, T> T built(B builder, Function<B, T> build) {
        ModelBlocks blocks = models.blocks();
        models.connections().connected(builder, ModelBlocks.DEFAULT);
        UnusableSettingException.checked(
                blocks.prefix(ModelBlocks.DEFAULT) + ".retry",
                () -> builder.retryPolicy(Waiting.retryPolicy(
                        blocks.properties(ModelBlocks.DEFAULT).getRetry())));
        builder.pricing(blocks.all().getPrices().enabled() ? OneBean.find(beans, Pricing.class) : Pricing.NONE);
        return models.connections().built(ModelBlocks.DEFAULT, () -> build.apply(builder));
    }
}
