package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;

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

    /** What the user of an application reads that does not start. */
    static FailureAnalysis analysis(ApplicationContextRunner runner) {
        List<FailureAnalysis> found = new ArrayList<>();
        Environment[] environment = new Environment[1];
        runner.withInitializer(context -> environment[0] = context.getEnvironment())
                .run(context -> {
                    assertThat(context).hasFailed();
                    found.add(new UnusableSettingAnalyzer(environment[0]).analyze(context.getStartupFailure()));
                });
        assertThat(found).hasSize(1).doesNotContainNull();
        return found.get(0);
    }
}
