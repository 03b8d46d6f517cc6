package io.github.deepthink4j.spring;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.language.LanguageModel;
import dev.langchain4j.model.language.StreamingLanguageModel;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekFimModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingFimModel;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;

/** Registers the models once: which there are, under which names, and which is injected where no name is asked for. */
final class ModelRegistration {

    private static final String REACTIVE = "io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel";
    private static final String AGENTS = "io.github.deepthink4j.agent.failover.FailoverChatModel";

    private final ModelBlocks blocks;
    private final @Nullable ClassLoader loader;
    private final @Nullable Class<?> reactive;
    private final BeanPlaces places;
    private final OwnModels chat;
    private final OwnModels streaming;
    private final OwnModels reactives;
    private final OwnModels languages;
    private final OwnModels streamingLanguages;
    private final @Nullable String first;

    ModelRegistration(BeanDefinitionRegistry registry, ModelBlocks blocks, ConfigurableListableBeanFactory beans) {
        this.blocks = blocks;
        this.loader = beans.getBeanClassLoader();
        this.reactive = optional(REACTIVE);
        this.places = new BeanPlaces(registry, blocks, beans);
        this.chat = OwnModels.of(beans, ChatModel.class, blocks);
        this.streaming = OwnModels.of(beans, StreamingChatModel.class, blocks);
        this.reactives = OwnModels.of(beans, reactive, blocks);
        this.languages = OwnModels.of(beans, LanguageModel.class, blocks);
        this.streamingLanguages = OwnModels.of(beans, StreamingLanguageModel.class, blocks);
        this.first = first();
    }

    /** Who has models of his own and gives the block no key does not mean the block. */
    private @Nullable String first() {
        String primary = blocks.primary();
        if (primary == null) {
            return null;
        }
        boolean isOnlyThere = primary.equals(ModelBlocks.DEFAULT)
                && !blocks.hasPrimary()
                && !blocks.isComplete(primary)
                && (chat.areThere() || streaming.areThere());
        return isOnlyThere ? null : primary;
    }

    void registerAll() {
        boolean isRouted = isCombined(ModelBlocks.ROUTING);
        boolean isFailedOver = isCombined(ModelBlocks.FAILOVER);
        blocks.names().forEach(this::single);
        if (isRouted) {
            combined(ModelBlocks.ROUTING);
        }
        if (isFailedOver) {
            combined(ModelBlocks.FAILOVER);
        }
    }

    private boolean isCombined(String name) {
        if (!blocks.isCombined(name)) {
            return false;
        }
        if (optional(AGENTS) == null) {
            throw new UnusableSettingException(
                    DeepSeekProperties.PREFIX + "." + name,
                    "deepthink4j-agents is not on the class path, and it has the models that are made of several",
                    "Add the dependency io.github.deepthink4j:deepthink4j-agents");
        }
        CombinedParts.check(blocks, name);
        return true;
    }

    private void single(String name) {
        boolean isChat = isWanted(name, chat);
        boolean isStreaming = isWanted(name, streaming);
        if (isChat) {
            model(name, BeanNames.chat(name), DeepSeekChatModel.class, "chatModel", chat);
        }
        if (isStreaming) {
            model(name, BeanNames.streaming(name), DeepSeekStreamingChatModel.class, "streamingChatModel", streaming);
        }
        if (isStreaming && reactive != null) {
            RootBeanDefinition definition = made(name, reactive, BeanNames.REACTIVE, "reactiveChatModel");
            definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
            boolean isFirst = first != null && name.equals(CombinedParts.first(blocks, first));
            register(name, BeanNames.reactive(name), definition, isFirst ? reactives.placeOf(name) : Place.BY_NAME);
        }
        fim(name, isChat || isStreaming);
        if ((isChat || isStreaming)
                && DeepSeekModels.isLimited(blocks.properties(name).getLimit())) {
            model(name, BeanNames.limit(name), CallLimit.class, "callLimit", null);
        }
    }

    /** Unless it could not be made; when somebody asks for it, or at the start where the properties say something of it. */
    private void fim(String name, boolean isThere) {
        if (isThere || !name.equals(ModelBlocks.DEFAULT) || blocks.isComplete(name)) {
            fim(name, BeanNames.fim(name), DeepSeekFimModel.class, "fimModel", languages);
            fim(
                    name,
                    BeanNames.streamingFim(name),
                    DeepSeekStreamingFimModel.class,
                    "streamingFimModel",
                    streamingLanguages);
        }
    }

    private void fim(String name, String beanName, Class<?> type, String method, OwnModels own) {
        RootBeanDefinition definition = made(name, type, BeanNames.FIM, method);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
        definition.setDestroyMethodName("close");
        boolean isFirst = first != null && name.equals(CombinedParts.first(blocks, first));
        definition.setDefaultCandidate(isFirst && !own.areThere());
        definition.setLazyInit(!blocks.properties(name).getFim().saysAnything());
        places.take(name, beanName, definition);
    }

    /**
     * A named model always. The block gives way to a model of the application's own, since LangChain4j's {@code @AiService} refuses
     * to choose between two, and to named ones where it could not be made.
     */
    private boolean isWanted(String name, OwnModels own) {
        if (!name.equals(ModelBlocks.DEFAULT) || CombinedParts.isAnywhere(blocks, name)) {
            return true;
        }
        if (name.equals(first)) {
            return own.placeOf(name) != Place.BY_NAME;
        }
        return blocks.isComplete(name) && !own.areThere();
    }

    private void model(String name, String beanName, Class<?> type, String method, @Nullable OwnModels own) {
        RootBeanDefinition definition = made(name, type, BeanNames.MODELS, method);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
        if (AutoCloseable.class.isAssignableFrom(type)) {
            definition.setDestroyMethodName("close");
        }
        register(name, beanName, definition, place(name, own));
    }

    private void combined(String name) {
        register(name, BeanNames.chat(name), made(name, ChatModel.class, BeanNames.COMBINED, name), place(name, chat));
        // Of beans that others make there is no telling which streaming one belongs to a blocking one.
        if (CombinedParts.of(blocks, name).stream().allMatch(part -> blocks.has(part) || blocks.isCombined(part))) {
            register(
                    name,
                    BeanNames.streaming(name),
                    made(name, StreamingChatModel.class, BeanNames.COMBINED, name + "Streaming"),
                    place(name, streaming));
        }
    }

    private Place place(String name, @Nullable OwnModels own) {
        return own != null && name.equals(first) ? own.placeOf(name) : Place.BY_NAME;
    }

    private static RootBeanDefinition made(String name, Class<?> type, String factory, String method) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setFactoryBeanName(factory);
        definition.setFactoryMethodName(method);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        return definition;
    }

    private void register(String name, String beanName, RootBeanDefinition definition, Place place) {
        definition.setDefaultCandidate(place != Place.BY_NAME);
        definition.setPrimary(place == Place.BEFORE_OWN);
        // The block is there for those who ask for it.
        definition.setLazyInit(name.equals(ModelBlocks.DEFAULT) && place == Place.BY_NAME);
        places.take(name, beanName, definition);
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

    /** Who gets it. */
    enum Place {
        /** Who asks for it by its name. */
        BY_NAME,
        /** Who asks for none: it is the only one of its type. */
        ALONE,
        /** Who asks for none, although the application has others. */
        BEFORE_OWN
    }
}
