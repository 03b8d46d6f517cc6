package io.github.deepthink4j.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.Environment;

/**
 * Says which models there are to who asks for another. Boot's own analyzer makes each bean of the type for its words, and ours can't be
 * made any more in a context that has failed, so that there would be no words.
 */
final class MissingModelAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final Set<String> TYPES = Set.of(
            "dev.langchain4j.model.chat.ChatModel",
            "dev.langchain4j.model.chat.StreamingChatModel",
            "io.github.deepthink4j.model.DeepSeekChatModel",
            "io.github.deepthink4j.model.DeepSeekStreamingChatModel",
            "io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel");

    private final @Nullable Environment environment;
    private final @Nullable BeanFactory beans;

    MissingModelAnalyzer(@Nullable Environment environment, @Nullable BeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String description) {
        ResolvableType type = cause.getResolvableType();
        Class<?> raw = type == null ? null : type.resolve();
        if (raw == null || environment == null || beans == null || !isOurs(raw, cause, beans)) {
            return null;
        }
        ModelBlocks blocks = ModelBlocks.of(environment);
        List<String> names = OneBean.names(beans, raw);
        String asked = qualifier(rootFailure);
        String qualified = asked == null ? ", without a qualifier," : " with the qualifier '" + asked + "'";
        return new FailureAnalysis(
                (description == null ? "A bean" : description) + " asks for a " + raw.getSimpleName() + qualified
                        + " and there is none." + System.lineSeparator() + System.lineSeparator()
                        + "Of this type there "
                        + (names.isEmpty()
                                ? "is none."
                                : "are, by the names of their beans: " + String.join(", ", names) + "."),
                (asked == null
                                ? "Set deepthink4j.primary to the model that is meant, or ask with @Qualifier for one of "
                                : "Describe the model below deepthink4j.models." + asked + ", or use one of ")
                        + String.join(", ", blocks.qualifiers()) + ".",
                cause);
    }

    private static boolean isOurs(Class<?> type, NoSuchBeanDefinitionException cause, BeanFactory beans) {
        return TYPES.contains(type.getName())
                && !(cause instanceof NoUniqueBeanDefinitionException)
                && beans.containsBean(BeanNames.MODELS);
    }

    private static @Nullable String qualifier(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(UnsatisfiedDependencyException.class::isInstance)
                .map(each -> ((UnsatisfiedDependencyException) each).getInjectionPoint())
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner)
                .map(MissingModelAnalyzer::qualifier)
                .orElse(null);
    }

    private static @Nullable String qualifier(InjectionPoint point) {
        return Arrays.stream(point.getAnnotations())
                .map(annotation -> annotation instanceof Qualifier direct
                        ? direct
                        : AnnotationUtils.getAnnotation(annotation, Qualifier.class))
                .filter(Objects::nonNull)
                .map(Qualifier::value)
                .findFirst()
                .orElse(null);
    }
}
