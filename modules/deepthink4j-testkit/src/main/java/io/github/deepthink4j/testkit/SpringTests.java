package io.github.deepthink4j.testkit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Finds the simulator of a test's context. Loaded only where Spring's test module is there. */
final class SpringTests {

    private SpringTests() {}

    /** {@code null} in a test without Spring, and where the annotation is on the method alone. */
    static @Nullable DeepSeekExtension simulator(ExtensionContext context) {
        if (!isSpring(context.getTestClass())) {
            return null;
        }
        ApplicationContext beans = SpringExtension.getApplicationContext(context);
        return beans.containsBean(SpringSimulator.BEAN)
                ? beans.getBean(SpringSimulator.BEAN, DeepSeekExtension.class)
                : null;
    }

    private static boolean isSpring(Optional<Class<?>> testClass) {
        for (Class<?> each = testClass.orElse(null); each != null; each = each.getEnclosingClass()) {
            for (ExtendWith extensions : AnnotationSupport.findRepeatableAnnotations(each, ExtendWith.class)) {
                for (Class<?> extension : extensions.value()) {
                    if (extension == SpringExtension.class) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
