package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What must not be seen on a page of the actuator. */
class SecretsTest {

    private static final String OTHER = "sk-00000000000000000000000000000021";

    private static Secrets secrets() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test", Map.of("deepthink4j.api-key", Runners.KEY, "deepthink4j.models.fast.api-key", OTHER)));
        return Secrets.of(environment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deepthink4j.api-key",
                "deepthink4j.apiKey",
                "DEEPTHINK4J_API_KEY",
                "DEEPTHINK4J_APIKEY",
                "DEEPSEEK_API_KEY",
                "deepthink4j.models.fast.api-key",
                "deepthink4j.models[fast].apiKey",
                "DEEPTHINK4J_MODELS_FAST_APIKEY",
                "deepthink4j.custom-headers.Authorization",
                "deepthink4j.models.fast.custom-headers.api-key",
                "deepthink4j.custom-query-params.key"
            })
    void should_hide_properties_that_may_hold_a_key(String name) {
        assertThat(secrets().isSecret(name, "x")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deepthink4j.model-name", "deepthink4j.timeouts.total", "spring.application.name"})
    void should_show_other_properties(String name) {
        assertThat(secrets().isSecret(name, "x")).isFalse();
    }

    @Test
    void should_hide_the_keys_themselves_wherever_they_stand() {
        assertThat(secrets().isSecret("my.notes", "the key is " + Runners.KEY)).isTrue();
        assertThat(secrets().isSecret("my.notes", OTHER)).isTrue();
        assertThat(secrets().isSecret("my.notes", "sk-other")).isFalse();
        assertThat(secrets().isSecret(null, null)).isFalse();
    }

    @Test
    void should_show_an_address_that_holds_no_secret() {
        assertThat(secrets().isSecret("deepthink4j.base-url", "https://api.deepseek.com"))
                .isFalse();
        assertThat(secrets().isSecret("deepthink4j.base-url", "https://a:b@host/"))
                .isTrue();
        assertThat(secrets().isSecret("deepthink4j.models.fast.base-url", "https://host/?key=1"))
                .isTrue();
    }

    @Test
    void should_be_asked_by_the_actuator_also_if_the_starter_is_switched_off() {
        Runners.withKey().withPropertyValues("deepthink4j.enabled=false").run(context -> {
            SanitizingFunction function = context.getBean(SanitizingFunction.class);
            SanitizableData shown = function.apply(new SanitizableData(null, "deepthink4j.api-key", Runners.KEY));
            assertThat(shown.getValue()).isEqualTo(SanitizableData.SANITIZED_VALUE);
        });
    }

    @Test
    void should_keep_the_key_out_of_every_text_of_a_bean() {
        Runners.withKey().run(context -> {
            for (String name : context.getBeanDefinitionNames()) {
                assertThat(String.valueOf(context.getBean(name))).as(name).doesNotContain(Runners.KEY);
            }
        });
    }
}
