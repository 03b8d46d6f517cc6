package io.github.deepthink4j.testkit;

import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts a simulator into a context of Spring's tests, and its address where the starter looks for one, whatever the application's
 * own properties say: no test reaches a real host. Being a record it is equal to one with the same wishes, so that Spring's cache gives
 * the same context, and the simulator in it, to classes that wish for the same.
 */
record SpringSimulator(Generation generation, boolean strict, List<Rule> without) implements ContextCustomizer {

    static final String BEAN = "deepSeekSimulator";

    private static final String PREFIX = "deepthink4j.";

    /** Of a named model, as files and environment variables spell it. */
    private static final Pattern OWN_ADDRESS =
            Pattern.compile("deepthink4j[._]models[._\\[](.+?)]?[._]base[-_]?url", Pattern.CASE_INSENSITIVE);

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        DeepSeekExtension simulator = DeepSeekExtension.from(
                DeepSeekSimulator.builder().generation(generation).strict(strict));
        without.forEach(rule -> simulator.enforcing(rule, false));
        simulator.begin();
        RootBeanDefinition definition = new RootBeanDefinition(DeepSeekExtension.class, () -> simulator);
        definition.setDestroyMethodName("close");
        ((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition(BEAN, definition);
        ConfigurableEnvironment environment = context.getEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource(BEAN, properties(environment, simulator)));
    }

    private static Map<String, Object> properties(ConfigurableEnvironment environment, DeepSeekSimulator simulator) {
        Map<String, Object> properties = new HashMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    Matcher address = OWN_ADDRESS.matcher(name);
                    if (address.matches()) {
                        properties.put(PREFIX + "models." + address.group(1) + ".base-url", simulator.baseUrl());
                    }
                }
            }
        }
        properties.put(PREFIX + "base-url", simulator.baseUrl());
        properties.put(PREFIX + "api-key", "any");
        properties.put(PREFIX + "proxy.host", "");
        // A budget refuses what it knows no price of, and so would refuse each call of a test.
        properties.put(
                PREFIX + "prices.also-for", URI.create(simulator.baseUrl()).getAuthority());
        return properties;
    }
}
