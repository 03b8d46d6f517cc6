package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** What Spring writes down of an application at build time, for a native image or a faster start. */
class AheadOfTimeTest {

    @Test
    void should_write_down_models_budgets_and_properties_at_build_time() {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get("example", "Application")), files);

        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of(
                            "deepthink4j.api-key=" + Runners.KEY,
                            "deepthink4j.budget.money=5",
                            "deepthink4j.limit.at-most=3",
                            "deepthink4j.memory.max-turns=20",
                            "deepthink4j.models.fast.thinking=off",
                            "deepthink4j.models.spare.api-key=${NOT_ON_THE_MACHINE_THAT_BUILDS}",
                            "deepthink4j.failover.parts=default,fast")
                    .applyTo(context);
            context.register(Application.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        generation.writeGeneratedContent();

        assertThat(files.getGeneratedFiles(Kind.SOURCE).keySet())
                .anyMatch(name -> name.contains("DeepSeekAutoConfiguration"))
                .anyMatch(name -> name.contains("DeepSeekCostAutoConfiguration"));
        assertThat(List.of(
                        DeepSeekProperties.class,
                        DeepSeekProperties.Budget.class,
                        DeepSeekProperties.Failover.class,
                        ModelProperties.class,
                        FimProperties.class,
                        LimitProperties.class,
                        RetryProperties.class,
                        TimeoutProperties.class,
                        ProxyProperties.class))
                .allMatch(
                        type -> RuntimeHintsPredicates.reflection().onType(type).test(generation.getRuntimeHints()));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
