package io.github.deepthink4j.spring;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * The beans of all models that the properties describe. The primary one is what is injected where no name is asked for, unless the
 * application has a model of its own; each is there under its name: {@code @Qualifier("fast") ChatModel}.
 *
 * <p>By factory methods and not by suppliers, which Spring's ahead-of-time processing can't write down.
 */
final class ModelBeans implements ImportBeanDefinitionRegistrar, EnvironmentAware, BeanFactoryAware {

    private static final String REACTIVE = "io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel";
    private static final String AGENTS = "io.github.deepthink4j.agent.failover.FailoverChatModel";

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
        ModelBlocks blocks = ModelBlocks.of(environment);
        new Registration(registry, blocks, beans).registerAll();
    }

    private static final class Registration {

        private final BeanDefinitionRegistry registry;
        private final ModelBlocks blocks;
        private final @Nullable ClassLoader loader;
        private final @Nullable Class<?> reactive;
        private final boolean ownChat;
        private final boolean ownStreaming;
        private final boolean ownReactive;
        private final @Nullable String first;

        Registration(BeanDefinitionRegistry registry, ModelBlocks blocks, ConfigurableListableBeanFactory beans) {
            this.registry = registry;
            this.blocks = blocks;
            this.loader = beans.getBeanClassLoader();
            this.reactive = optional(REACTIVE);
            this.ownChat = !OneBean.injected(beans, ChatModel.class).isEmpty();
            this.ownStreaming =
                    !OneBean.injected(beans, StreamingChatModel.class).isEmpty();
            this.ownReactive =
                    reactive != null && !OneBean.injected(beans, reactive).isEmpty();
            this.first = first();
        }

        /** Who has models of his own and gives the block no key does not mean the block. */
        private @Nullable String first() {
            String primary = blocks.primary();
            if (primary == null) {
                return null;
            }
            boolean isOnlyThere = primary.equals(ModelBlocks.DEFAULT)
                    && blocks.all().getPrimary() == null
                    && !blocks.isComplete(primary)
                    && (ownChat || ownStreaming);
            return isOnlyThere ? null : primary;
        }

        void registerAll() {
            for (String name : blocks.names()) {
                boolean isFirst = name.equals(first);
                model(name, BeanNames.chat(name), DeepSeekChatModel.class, "chatModel", isFirst && !ownChat);
                model(
                        name,
                        BeanNames.streaming(name),
                        DeepSeekStreamingChatModel.class,
                        "streamingChatModel",
                        isFirst && !ownStreaming);
                if (reactive != null) {
                    RootBeanDefinition definition = made(name, reactive, BeanNames.REACTIVE, "reactiveChatModel");
                    definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
                    register(name, BeanNames.reactive(name), definition, isFirst && !ownReactive);
                }
                if (DeepSeekModels.isLimited(blocks.properties(name).getLimit())) {
                    model(name, BeanNames.limit(name), CallLimit.class, "callLimit", false);
                }
            }
            combined(ModelBlocks.ROUTING);
            combined(ModelBlocks.FAILOVER);
        }

        private void model(String name, String beanName, Class<?> type, String method, boolean isFirst) {
            RootBeanDefinition definition = made(name, type, BeanNames.MODELS, method);
            definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
            if (AutoCloseable.class.isAssignableFrom(type)) {
                definition.setDestroyMethodName("close");
            }
            register(name, beanName, definition, isFirst);
        }

        private void combined(String name) {
            if (!blocks.isCombined(name)) {
                return;
            }
            if (optional(AGENTS) == null) {
                throw new UnusableSettingException(
                        DeepSeekProperties.PREFIX + "." + name,
                        "deepthink4j-agents is not on the class path, and it has the models that are made of several",
                        "Add the dependency io.github.deepthink4j:deepthink4j-agents");
            }
            boolean isFirst = name.equals(first);
            register(
                    name,
                    BeanNames.chat(name),
                    made(name, ChatModel.class, BeanNames.COMBINED, name),
                    isFirst && !ownChat);
            // Of beans that others make there is no telling which streaming one belongs to a blocking one.
            if (CombinedParts.of(blocks, name).stream().allMatch(part -> blocks.has(part) || blocks.isCombined(part))) {
                register(
                        name,
                        BeanNames.streaming(name),
                        made(name, StreamingChatModel.class, BeanNames.COMBINED, name + "Streaming"),
                        isFirst && !ownStreaming);
            }
        }

        private static RootBeanDefinition made(String name, Class<?> type, String factory, String method) {
            RootBeanDefinition definition = new RootBeanDefinition();
            definition.setTargetType(type);
            definition.setFactoryBeanName(factory);
            definition.setFactoryMethodName(method);
            definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
            return definition;
        }

        private void register(String name, String beanName, RootBeanDefinition definition, boolean isFirst) {
            if (registry.containsBeanDefinition(beanName)) {
                return;
            }
            definition.setDefaultCandidate(isFirst);
            // The block is there for those who ask for it, and may have no key where nobody does.
            definition.setLazyInit(name.equals(ModelBlocks.DEFAULT) && !isFirst);
            registry.registerBeanDefinition(beanName, definition);
        }

        /** With what it is made of, such as Reactor; {@code null} where that is missing. */
        private @Nullable Class<?> optional(String name) {
            try {
                Class<?> type = ClassUtils.forName(name, loader);
                type.getDeclaredMethods();
                return type;
            } catch (ClassNotFoundException | LinkageError e) {
                return null;
            }
        }
    }
}
