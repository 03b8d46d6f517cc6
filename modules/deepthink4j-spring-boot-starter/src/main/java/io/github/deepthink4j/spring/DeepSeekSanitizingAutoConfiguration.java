package io.github.deepthink4j.spring;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Keeps keys out of the actuator's {@code env} and {@code configprops}, also where {@code show-values} lets everything else be seen,
 * and where {@code deepthink4j.enabled} is false.
 */
@AutoConfiguration
@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.SanitizingFunction")
public class DeepSeekSanitizingAutoConfiguration {

    @Bean
    SanitizingFunction deepSeekSanitizingFunction(Environment environment) {
        Secrets secrets = Secrets.of(environment);
        return data -> secrets.isSecret(data.getKey(), data.getValue()) ? data.withSanitizedValue() : data;
    }
}
