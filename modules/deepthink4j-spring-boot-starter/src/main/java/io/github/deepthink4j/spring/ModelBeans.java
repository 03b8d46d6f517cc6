package io.github.deepthink4j.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * The beans of all models that the properties describe. The primary one is what is injected where no name is asked for, unless the
 * application has a model of its own and {@code deepthink4j.primary} does not say otherwise; each is there under its name:
 * {@code @Qualifier("fast") ChatModel}.
 *
 * <p>By factory methods and not by suppliers, which Spring's ahead-of-time processing can't write down.
 */
final class ModelBeans implements ImportBeanDefinitionRegistrar, EnvironmentAware, BeanFactoryAware {

    private @Nullable Environment environment;
    private @Nullable ConfigurableListableBeanFactory beans;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.beans = (ConfigurableListableBeanFactory) beanFactory;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        if (environment == null || beans == null) {
            throw new IllegalStateException("Spring has set neither environment nor beans");
        }
        new ModelRegistration(registry, ModelBlocks.of(environment), beans).registerAll();
    }
}
