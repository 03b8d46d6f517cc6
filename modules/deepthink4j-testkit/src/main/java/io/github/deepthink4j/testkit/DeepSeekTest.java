package io.github.deepthink4j.testkit;

import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives test methods, and methods with {@code @BeforeEach}, a {@link DeepSeekSimulator} as a parameter. Each test has one of its
 * own, with a port of its own, so that they can run in parallel; all parameters of one test are the same. After the test
 * {@link DeepSeekSimulator#verify()} is called and the simulator is closed.
 *
 * <p>On a class with {@code @SpringBootTest} the simulator is a bean of the context, and the base url of all models that the
 * {@code deepthink4j-spring-boot-starter} makes, whatever the application's properties say. It serves all tests that share the context, one after the
 * other, and each finds it as before the first; the parameter is that one, and so is an {@code @Autowired DeepSeekSimulator}.
 *
 * <p>On a method it has precedence over the class, and an inner class over the outer one.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(DeepSeekParameter.class)
public @interface DeepSeekTest {

    /** What is simulated. */
    Generation value() default Generation.V4_1;

    /** Whether what DeepSeek would ignore fails the test. */
    boolean strict() default false;

    /** Rules that are not enforced. */
    Rule[] without() default {};
}
