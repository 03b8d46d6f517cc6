package io.github.deepthink4j.spring;

import static io.github.deepthink4j.spring.Runners.analysis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Properties that a user gets wrong, one by one, and what he reads. */
class WrongPropertiesTest {

    @Test
    void should_say_what_to_write_where_without_a_key() {
        FailureAnalysis analysis = analysis(Runners.bare());

        assertThat(analysis.getDescription())
                .contains("deepthink4j.api-key", "the key is missing", "application.yml", "It is not set");
        assertThat(analysis.getAction()).contains("DEEPSEEK_API_KEY");
    }

    /** Spring wraps what is wrong with the model in what is wrong with its user. */
    @Test
    void should_say_so_too_where_a_bean_wants_the_model() {
        FailureAnalysis analysis = analysis(Runners.bare().withUserConfiguration(Wanting.class));

        assertThat(analysis.getDescription()).contains("deepthink4j.api-key", "the key is missing");
        assertThat(analysis.getAction()).contains("DEEPSEEK_API_KEY");
    }

    @Configuration(proxyBeanMethods = false)
    static class Wanting {

        @Bean
        String answer(ChatModel model) {
            return model.chat("Hi");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deepthink4j.base-url=htp://api.deepseek.com | deepthink4j.base-url | http or https",
                "deepthink4j.base-url=https://user:pw@host/v1 | deepthink4j.base-url | user info",
                "deepthink4j.profile=v5 | deepthink4j.profile | v4-1",
                "deepthink4j.dialect=vlm | deepthink4j.dialect | vllm",
                "deepthink4j.lost-reasoning=none | deepthink4j.lost-reasoning | thinking-off",
                "deepthink4j.reasoning-effort=maximum | deepthink4j.reasoning-effort | max",
                "deepthink4j.timeouts.total=-1s | deepthink4j.timeouts.total | total",
                "deepthink4j.retry.max-attempts=0 | deepthink4j.retry.max-attempts | at least 1",
                "deepthink4j.limit.at-most=0 | deepthink4j.limit.at-most | atMost",
                "deepthink4j.ssl-bundle=mine | deepthink4j.ssl-bundle | spring.ssl.bundle",
                "deepthink4j.executor=nobody | deepthink4j.executor | applicationTaskExecutor",
                "deepthink4j.primary=fast | deepthink4j.primary | default",
                "deepthink4j.routing.reasoner=default | deepthink4j.routing.tool-caller | missing",
                "deepthink4j.failover.parts=default,spare | deepthink4j.failover.parts | 'spare'",
                "deepthink4j.failover.parts=default,default | deepthink4j.failover.parts | two parts",
                "deepthink4j.failover.on-empty-balance=true | deepthink4j.failover.parts | missing",
                "deepthink4j.models.routing.thinking=on | deepthink4j.models.routing | another name",
                "deepthink4j.models.local.base-url=http://gpu:8000/v1 | deepthink4j.models.local.model-name | missing",
                "deepthink4j.models.fast.dialect=vlm | deepthink4j.models.fast.dialect | vllm",
                "deepthink4j.budget.tokens=-1 | deepthink4j.budget.tokens | negative",
                "deepthink4j.budget.tokens=5;deepthink4j.budget.period=week | deepthink4j.budget.period | forever",
                "deepthink4j.prices.file=/no/such/prices.json | deepthink4j.prices.file | prices.json",
                "deepthink4j.retry.jitter=2 | deepthink4j.retry.jitter | jitter",
                "deepthink4j.models.fast.timeouts.idle=-1s | deepthink4j.models.fast.timeouts.idle | longer",
                "deepthink4j.api-key=sk-abc def | deepthink4j.api-key | blank",
                "deepthink4j.api-key=Bearer sk-abcdefgh | deepthink4j.api-key | Bearer",
                "deepthink4j.api-key=${NO_SUCH} | deepthink4j.api-key | NO_SUCH",
                "deepthink4j.base-url=${NO_SUCH}/v1 | deepthink4j.base-url | NO_SUCH",
                "deepthink4j.models.fast.api-key=${NO_SUCH} | deepthink4j.models.fast.api-key | NO_SUCH",
                "deepthink4j.custom-headers.Host=x | deepthink4j.custom-headers | Host",
                "deepthink4j.base-url=ftp://host/v1 | deepthink4j.base-url | http or https",
                "deepthink4j.proxy.host=user:pw@proxy | deepthink4j.proxy.host | password",
                "deepthink4j.proxy.host=http://proxy:3128 | deepthink4j.proxy.host | name of a host",
                "deepthink4j.proxy.host=a b | deepthink4j.proxy.host | blank",
                "deepthink4j.proxy.host=proxy:3128 | deepthink4j.proxy.host | proxy.port",
                "deepthink4j.proxy.host=proxy;deepthink4j.proxy.port=0 | deepthink4j.proxy.port | 65535",
                "deepthink4j.limit.at-most=5;deepthink4j.limit.adaptive=true | deepthink4j.limit.at-most | fixed or learnt",
                "deepthink4j.max-output-tokens=-5 | deepthink4j.max-output-tokens | at least 1",
                "deepthink4j.custom-parameters.model=x | deepthink4j.custom-parameters.model | model-name",
                "deepthink4j.custom-parameters.stream=true | deepthink4j.custom-parameters.stream | already",
                "deepthink4j.temperature=NaN | deepthink4j.temperature | from 0 to 2",
                "deepthink4j.top-p=5 | deepthink4j.top-p | from 0 to 1",
                "deepthink4j.models.fast.thinking=off;deepthink4j.models.fast.top-p=5 | deepthink4j.models.fast.top-p | from 0",
                "deepthink4j.models.thinking=off | deepthink4j.models.thinking | [快速]",
                "deepthink4j.models.timeouts.total=1s | deepthink4j.models.timeouts.total | [快速]",
                "deepthink4j.budget.period=day | deepthink4j.budget | deepthink4j.budget.money",
                "deepthink4j.budget.money=1;deepthink4j.budget.unknown-costs-count-as=-5 | deepthink4j.budget.unknown-costs-count-as | -5",
                "deepthink4j.budget.money=1;deepthink4j.prices.currency=EUR | deepthink4j.prices.currency | EUR",
                "deepthink4j.budget.money=-1 | deepthink4j.budget.money | negative",
                "deepthink4j.memory.max-messages=0 | deepthink4j.memory.max-messages | at least 1",
            })
    void should_name_the_property_and_what_may_stand_there(String wrong, String property, String words) {
        FailureAnalysis analysis =
                analysis(Runners.withKey().withPropertyValues(wrong.trim().split(";")));

        assertThat(analysis.getDescription()).startsWith("The property " + property.trim() + " can't be used: ");
        assertThat(analysis.getDescription().contains("It is not set."))
                .as(analysis.getDescription())
                .isEqualTo(property.contains(".model-name") || words.trim().equals("missing"));
        assertThat(stackTrace(analysis.getCause())).doesNotContain("pw@");
        assertThat(analysis.getDescription() + analysis.getAction())
                .contains(words.trim())
                .doesNotContain(Runners.KEY)
                .doesNotContain("..");
    }

    @Test
    void should_say_where_it_stands() {
        assertThat(analysis(Runners.withKey().withPropertyValues("deepthink4j.dialect=vlm"))
                        .getDescription())
                .contains("It is set in ");
    }

    @Test
    void should_say_where_it_stands_that_a_model_has_from_the_block() {
        FailureAnalysis analysis = analysis(Runners.bare()
                .withPropertyValues(
                        "deepthink4j.models.fast.api-key=" + Runners.KEY, "deepthink4j.retry.max-attempts=0"));

        assertThat(analysis.getDescription())
                .contains(
                        "deepthink4j.models.fast.retry.max-attempts",
                        "has it from deepthink4j.retry.max-attempts. It is set in ");
    }

    @Test
    void should_take_a_blank_user_for_none() {
        Runners.withKey()
                .withPropertyValues("deepthink4j.user-id=")
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** Boot has words of its own for these. */
    @ParameterizedTest
    @CsvSource({"deepthink4j.thinking=maybe", "deepthink4j.parameter-check=never", "deepthink4j.timeouts.total=soon"})
    void should_not_start_with_a_value_of_another_type(String wrong) {
        Runners.withKey()
                .withPropertyValues(wrong)
                .run(context -> assertThat(context).hasFailed());
    }

    /** Boot's own words would show the value, and this one is a key. */
    @Test
    void should_not_start_with_a_property_that_nobody_knows_and_not_show_its_value() {
        FailureAnalysis analysis = analysis(Runners.bare()
                .withPropertyValues("deepthink4j.api-kye=" + Runners.KEY, "deepthink4j.timeouts.totl=1s"));

        assertThat(analysis.getDescription())
                .contains("deepthink4j.api-kye", "no such property", "deepthink4j.timeouts.totl", "It is set in ");
        assertThat(analysis.getDescription() + analysis.getAction() + stackTrace(analysis.getCause()))
                .doesNotContain(Runners.KEY);
    }

    @Test
    void should_not_show_a_key_that_got_into_the_wrong_line() {
        FailureAnalysis analysis = analysis(Runners.withKey().withPropertyValues("deepthink4j.profile=" + Runners.KEY));

        assertThat(analysis.getDescription() + stackTrace(analysis.getCause())).doesNotContain(Runners.KEY);
    }

    private static String stackTrace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void should_say_that_agents_are_missing() {
        FailureAnalysis analysis = analysis(Runners.withKey()
                .withClassLoader(new FilteredClassLoader("io.github.deepthink4j.agent"))
                .withPropertyValues("deepthink4j.failover.parts=default"));

        assertThat(analysis.getAction()).contains("io.github.deepthink4j:deepthink4j-agents");
        assertThat(Arrays.asList(analysis.getDescription().split("\n")).get(0)).contains("deepthink4j.failover");
    }
}
