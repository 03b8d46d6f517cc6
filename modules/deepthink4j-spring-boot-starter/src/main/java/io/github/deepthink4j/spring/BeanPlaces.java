package io.github.deepthink4j.spring;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.language.LanguageModel;
import dev.langchain4j.model.language.StreamingLanguageModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** The names of beans that models take. Two that want the same one, or one that is taken, end the start: none is left out. */
final class BeanPlaces {

    private static final List<Class<?>> ASKED =
            List.of(ChatModel.class, StreamingChatModel.class, LanguageModel.class, StreamingLanguageModel.class);

    private final BeanDefinitionRegistry registry;
    private final ModelBlocks blocks;
    private final ConfigurableListableBeanFactory beans;
    private final Map<String, String> taken = new HashMap<>();

    BeanPlaces(BeanDefinitionRegistry registry, ModelBlocks blocks, ConfigurableListableBeanFactory beans) {
        this.registry = registry;
        this.blocks = blocks;
        this.beans = beans;
    }

    void take(String model, String beanName, RootBeanDefinition definition) {
        String other = taken.put(beanName, model);
        if (other != null) {
            throw clash(
                    model,
                    "the bean and one of "
                            + (other.equals(ModelBlocks.DEFAULT) ? "the block" : "the model '" + other + "'")
                            + " would both be called " + beanName);
        }
        Class<?> type = definition.getTargetType();
        if (registry.containsBeanDefinition(beanName)) {
            if (model.equals(ModelBlocks.DEFAULT) && type != null && beans.isTypeMatch(beanName, asked(type))) {
                // It is the application's own in its place.
                return;
            }
            throw clash(
                    model,
                    "the bean would be called " + beanName + ", and the application has another bean of that name");
        }
        boolean isCalledTheSame = type != null
                && asked(type).isInterface()
                && registry.containsBeanDefinition(model)
                && beans.isTypeMatch(model, asked(type));
        if (isCalledTheSame) {
            throw clash(
                    model,
                    "the application has a bean '" + model + "' of type "
                            + asked(type).getSimpleName() + ", and the qualifier '" + model + "' would mean both");
        }
        registry.registerBeanDefinition(beanName, definition);
    }

    /** What it is asked for as. */
    private static Class<?> asked(Class<?> type) {
        for (Class<?> asked : ASKED) {
            if (asked.isAssignableFrom(type)) {
                return asked;
            }
        }
        return type;
    }

    private UnusableSettingException clash(String model, String reason) {
        if (model.equals(ModelBlocks.DEFAULT)) {
            return UnusableSettingException.ofBeans(
                    "of the model that deepthink4j.* describes " + reason, "Give the other bean another name", null);
        }
        return new UnusableSettingException(
                blocks.has(model) ? blocks.prefix(model) : DeepSeekProperties.PREFIX + "." + model,
                reason,
                blocks.has(model) ? "Give the model another name, or the bean" : "Give the bean another name");
    }
}
