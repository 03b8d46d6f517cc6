package io.github.deepthink4j.spring;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * The bean of a type that the starter takes if the application has one. Of several, none of them primary, it takes none, and never
 * without a word: an application that has two stores must not find out later that its conversations or budgets were in neither.
 */
final class OneBean {

    private OneBean() {}

    /** {@code null} if there is none. */
    static <T> @Nullable T find(BeanFactory beans, Class<T> type) {
        return find(beans, type, "");
    }

    /**
     * {@code null} if there is none.
     *
     * @param otherwise what else than to mark one as primary may be done, as the end of a sentence; may be empty
     */
    static <T> @Nullable T find(BeanFactory beans, Class<T> type, String otherwise) {
        try {
            return beans.getBeanProvider(type).getIfAvailable();
        } catch (NoUniqueBeanDefinitionException e) {
            List<String> names = Objects.requireNonNullElse(e.getBeanNamesFound(), List.<String>of()).stream()
                    .sorted()
                    .toList();
            throw UnusableSettingException.ofBeans(
                    "there are " + e.getNumberOfBeansFound() + " of type " + type.getSimpleName()
                            + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")") + ", and none is primary",
                    "Mark the one that is meant as @Primary" + otherwise,
                    e);
        }
    }

    /** The names of all of a type, those included that are found by name alone. */
    static List<String> names(BeanFactory beans, Class<?> type) {
        return beans instanceof ListableBeanFactory all
                ? List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(all, type, true, false))
                : List.of();
    }

    /** As {@code @ConditionalOnMissingBean} looks: beans that are only found by a qualifier are nobody's default. */
    static List<String> injected(ConfigurableListableBeanFactory beans, Class<?> type) {
        return names(beans, type).stream()
                .filter(name -> !beans.containsBeanDefinition(name) || isInjected(beans.getMergedBeanDefinition(name)))
                .toList();
    }

    private static boolean isInjected(BeanDefinition definition) {
        return definition.isAutowireCandidate()
                && !(definition instanceof AbstractBeanDefinition made && !made.isDefaultCandidate());
    }
}
