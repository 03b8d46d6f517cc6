package io.github.deepthink4j.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Spring asks it for each class of tests: one with {@link DeepSeekTest} has a simulator in its context. */
final class SpringSimulatorFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        DeepSeekTest wanted = TestContextAnnotationUtils.findMergedAnnotation(testClass, DeepSeekTest.class);
        return wanted == null ? null : new SpringSimulator(wanted.value(), wanted.strict(), List.of(wanted.without()));
    }
}
