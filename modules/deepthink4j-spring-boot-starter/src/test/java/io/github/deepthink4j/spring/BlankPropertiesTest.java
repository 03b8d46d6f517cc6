package io.github.deepthink4j.spring;

import static io.github.deepthink4j.spring.Runners.analysis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Properties without a value: as if they were not set, and for a named model also against what the block says. */
class BlankPropertiesTest {

    private static final List<String> VALUES = List.of(
            "profile=v4-pro",
            "dialect=vllm",
            "lost-reasoning=empty",
            "thinking=on",
            "reasoning-effort=high",
            "parameter-check=warn",
            "prompt-language=chinese",
            "max-output-tokens=77",
            "temperature=0.5",
            "top-p=0.5",
            "frequency-penalty=0.5",
            "presence-penalty=0.5",
            "stop-sequences=END,FIN",
            "response-format=json",
            "user-id=user-1",
            "safety-check=high",
            "server-tools=web-search",
            "seed=4",
            "strict-tools=true",
            "executor=ours",
            "log-requests=true",
            "log-responses=true",
            "timeouts.total=2m",
            "retry.max-attempts=4",
            "retry.retry-timeouts=true",
            "limit.at-most=5",
            "proxy.host=proxy.example",
            "proxy.port=8080",
            "fim.max-output-tokens=64",
            "fim.echo=true",
            "fim.stop-sequences=END");

    @Test
    void should_give_a_named_model_nothing_of_the_block_that_it_has_blank() {
        List<String> properties = new ArrayList<>();
        for (String value : VALUES) {
            String name = value.substring(0, value.indexOf('='));
            properties.add("deepthink4j." + value);
            properties.add("deepthink4j.models.local." + name + "=");
        }
        properties.add("deepthink4j.models.same.thinking=off");

        Runners.withKey()
                .withBean("ours", Executor.class, () -> Runnable::run)
                .withPropertyValues(properties.toArray(String[]::new))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    ModelBlocks blocks = context.getBean(ModelBlocks.class);
                    BeanWrapperImpl local = new BeanWrapperImpl(blocks.properties("local"));
                    BeanWrapperImpl same = new BeanWrapperImpl(blocks.properties("same"));
                    BeanWrapperImpl unset = new BeanWrapperImpl(new ModelProperties());
                    for (String value : VALUES) {
                        String name = camelCase(value.substring(0, value.indexOf('=')));
                        assertThat(local.getPropertyValue(name)).as(name).isEqualTo(unset.getPropertyValue(name));
                        assertThat(same.getPropertyValue(name)).as(name).isNotEqualTo(unset.getPropertyValue(name));
                    }
                });
    }

    private static String camelCase(String name) {
        StringBuilder camels = new StringBuilder();
        for (String word : name.split("-")) {
            camels.append(camels.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        assertThat(DataObjectPropertyName.toDashedForm(camels.toString())).isEqualTo(name);
        return camels.toString();
    }

    @Test
    void should_start_with_a_model_that_has_no_efforts() {
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.reasoning-effort=high",
                        "deepthink4j.models.local.base-url=http://gpu:8000/v1",
                        "deepthink4j.models.local.model-name=Qwen/Qwen3-32B",
                        "deepthink4j.models.local.dialect=vllm",
                        "deepthink4j.models.local.reasoning-effort=")
                .run(context -> assertThat(context).hasNotFailed().hasBean("localChatModel"));
    }

    @Test
    void should_say_how_to_take_back_what_a_model_has_from_the_block() {
        FailureAnalysis analysis = analysis(Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.reasoning-effort=high",
                        "deepthink4j.models.local.base-url=http://gpu:8000/v1",
                        "deepthink4j.models.local.model-name=Qwen/Qwen3-32B"));

        assertThat(analysis.getAction()).contains("set deepthink4j.models.local.reasoning-effort to nothing");
    }

    @Test
    void should_take_back_headers_and_query_parameters() {
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.custom-headers.X-Team=blue",
                        "deepthink4j.custom-headers.X-Other=red",
                        "deepthink4j.custom-query-params.api-version=2",
                        "deepthink4j.models.fast.custom-headers.X-Team=",
                        "deepthink4j.models.fast.custom-query-params.api-version=")
                .run(context -> {
                    ModelProperties fast = context.getBean(ModelBlocks.class).properties("fast");
                    assertThat(fast.getCustomHeaders()).containsOnlyKeys("X-Other");
                    assertThat(fast.getCustomQueryParams()).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "safety-check",
                "thinking",
                "temperature",
                "timeouts.total",
                "memory.max-turns",
                "health.check",
                "models.fast.safety-check",
                "models.fast.retry.jitter"
            })
    void should_take_a_blank_property_for_none(String name) {
        Runners.withKey()
                .withPropertyValues("deepthink4j." + name + "=", "deepthink4j." + name + "=${NO_SUCH_VALUE:}")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void should_still_refuse_a_blank_property_that_there_is_not() {
        FailureAnalysis analysis = analysis(
                Runners.withKey().withPropertyValues("deepthink4j.models.fast.safety-chek=", "deepthink4j.seed="));

        assertThat(analysis.getDescription())
                .contains("deepthink4j.models.fast.safety-chek can't be used: there is no such property.");
    }

    @Test
    void should_say_which_values_there_are() {
        FailureAnalysis safety = analysis(Runners.withKey().withPropertyValues("deepthink4j.safety-check=off"));
        FailureAnalysis check =
                analysis(Runners.withKey().withPropertyValues("deepthink4j.models.fast.parameter-check=a-secret"));

        assertThat(safety.getDescription()).contains("deepthink4j.safety-check can't be used");
        assertThat(safety.getAction()).contains("low, high");
        assertThat(check.getAction()).contains("ignore, warn, fail");
        assertThat(check.getDescription()).doesNotContain("a-secret");
    }
}
