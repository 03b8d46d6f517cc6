package io.github.deepthink4j.spring;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Contexts with all of the starter's configurations. */
final class Runners {

    static final String KEY = "sk-00000000000000000000000000000019";

    private Runners() {}

    /** Without a key, whatever this machine has in its environment. */
    static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withPropertyValues("DEEPSEEK_API_KEY=")
                .withConfiguration(AutoConfigurations.of(
                        SslAutoConfiguration.class,
                        DeepSeekAutoConfiguration.class,
                        DeepSeekCostAutoConfiguration.class,
                        DeepSeekHealthAutoConfiguration.class,
                        DeepSeekMemoryAutoConfiguration.class,
                        DeepSeekObservationAutoConfiguration.class,
                        DeepSeekSanitizingAutoConfiguration.class));
    }

    static ApplicationContextRunner withKey() {
        return bare().withPropertyValues("deepthink4j.api-key=" + KEY);
    }
}
