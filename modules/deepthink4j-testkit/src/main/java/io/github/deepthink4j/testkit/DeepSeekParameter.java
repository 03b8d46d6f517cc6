package io.github.deepthink4j.testkit;

import io.github.deepthink4j.testkit.rule.Rule;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Makes the parameters of {@link DeepSeekTest}. */
final class DeepSeekParameter implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(DeepSeekParameter.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DeepSeekSimulator.class;
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
