package io.github.deepthink4j.testkit;

import io.github.deepthink4j.testkit.rule.Rule;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Makes the parameters of {@link DeepSeekTest}. */
final class DeepSeekParameter implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(DeepSeekParameter.class);
    private static final String SHARED = "shared ";
    private static final boolean SPRING = isThere("org.springframework.test.context.junit.jupiter.SpringExtension");

    /** By its name, since nobody needs Spring for this. */
    private static final String INJECTED = "org.springframework.beans.factory.annotation.Autowired";

    /** What Spring brings is left to Spring: two that bring the same parameter are an error. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DeepSeekSimulator.class
                && Arrays.stream(parameter.getParameter().getAnnotations())
                        .noneMatch(annotation ->
                                annotation.annotationType().getName().equals(INJECTED));
    }

    /** In a context of Spring's there is one simulator for all tests; they take turns at it. */
    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        DeepSeekExtension shared = SPRING ? SpringTests.simulator(context) : null;
        if (shared != null) {
            shared.beforeEach(context);
            context.getStore(NAMESPACE).put(SHARED + context.getUniqueId(), shared);
        }
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "With @DeepSeekTest each test has a simulator of its own, so that there is"
                            + " none before a test. For one that serves the whole class, use @RegisterExtension static"
                            + " DeepSeekExtension deepSeek = DeepSeekExtension.as(...).");
        }
        Store store = context.getStore(NAMESPACE);
        DeepSeekExtension shared = store.get(SHARED + context.getUniqueId(), DeepSeekExtension.class);
        if (shared != null) {
            return shared;
        }
        DeepSeekSimulator existing = store.get(context.getUniqueId(), DeepSeekSimulator.class);
        if (existing != null) {
            return existing;
        }
        DeepSeekSimulator made = make(wanted(context));
        store.put(context.getUniqueId(), made);
        return made;
    }

    private static DeepSeekSimulator make(@Nullable DeepSeekTest wanted) {
        if (wanted == null) {
            throw new ParameterResolutionException("a DeepSeekSimulator as a parameter needs @DeepSeekTest");
        }
        DeepSeekSimulator simulator = DeepSeekSimulator.builder()
                .generation(wanted.value())
                .strict(wanted.strict())
                .build();
        for (Rule rule : wanted.without()) {
            simulator.enforcing(rule, false);
        }
        simulator.setup().scriptedOnly(true);
        return simulator.start();
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, DeepSeekParameter.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static @Nullable DeepSeekTest wanted(ExtensionContext context) {
        for (Optional<ExtensionContext> place = Optional.of(context);
                place.isPresent();
                place = place.get().getParent()) {
            Optional<AnnotatedElement> element = place.get().getElement();
            DeepSeekTest found =
                    element.map(it -> it.getAnnotation(DeepSeekTest.class)).orElse(null);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        DeepSeekExtension shared =
                context.getStore(NAMESPACE).remove(SHARED + context.getUniqueId(), DeepSeekExtension.class);
        if (shared != null) {
            shared.afterEach(context);
        }
        DeepSeekSimulator simulator =
                context.getStore(NAMESPACE).remove(context.getUniqueId(), DeepSeekSimulator.class);
        if (simulator != null) {
            try {
                simulator.verify();
            } finally {
                simulator.close();
            }
        }
    }
}
