package io.github.deepthink4j.spring;

import static io.github.deepthink4j.spring.Runners.analysis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.agent.failover.FailoverStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** No model vanishes without a word: names that clash, models of the application's own, and a qualifier of nobody's. */
class ModelNamesTest {

    private static final ChatModel OWN = new ChatModel() {};

    private static ApplicationContextRunner withModels(String... names) {
        ApplicationContextRunner runner = Runners.withKey();
        for (String name : names) {
            runner = runner.withPropertyValues("deepthink4j.models." + name + ".thinking=off");
        }
        return runner;
    }

    private static ApplicationContextRunner withOwn(String... properties) {
        return withModels("fast").withBean("own", ChatModel.class, () -> OWN).withPropertyValues(properties);
    }

    @ParameterizedTest
    @CsvSource({
        "deepSeek, deepSeek, the block, deepSeekChatModel",
        "deepSeekStreaming, deepSeekStreaming, the block, deepSeekStreamingChatModel",
        "reactiveDeepSeek, reactiveDeepSeek, the block, reactiveDeepSeekChatModel",
        "fast, fastStreaming, 'fast', fastStreamingChatModel",
        "fastStreaming, fast, 'fastStreaming', fastStreamingChatModel",
        "fast, fastReactive, 'fast', fastReactiveChatModel"
    })
    void should_not_start_with_two_models_whose_beans_have_one_name(
            String one, String two, String other, String beanName) {
        FailureAnalysis analysis = analysis(withModels(one, two));

        assertThat(analysis.getDescription())
                .contains("deepthink4j.models." + two, other, beanName, "It is a group; ", "is set in ");
        assertThat(analysis.getAction()).contains("another name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"deepSeekChatModel", "fastChatModel", "fastStreamingChatModel", "deepSeekStreamingChatModel"})
    void should_not_start_with_another_bean_of_the_name_of_a_models(String name) {
        FailureAnalysis analysis = analysis(withModels("fast").withBean(name, String.class, () -> "taken"));

        assertThat(analysis.getDescription()).contains("would be called " + name, "another bean of that name");
    }

    @Test
    void should_not_start_with_a_model_of_the_application_that_has_the_same_qualifier() {
        FailureAnalysis analysis = analysis(withModels("fast").withBean("fast", ChatModel.class, () -> OWN));

        assertThat(analysis.getDescription()).contains("deepthink4j.models.fast", "a bean 'fast' of type ChatModel");
    }

    @Test
    void should_give_way_to_a_model_of_the_application_in_the_place_of_the_block() {
        Runners.withKey()
                .withBean("deepSeekChatModel", ChatModel.class, () -> OWN)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(ChatModel.class)).isSameAs(OWN);
                });
    }

    /** LangChain4j's own starter refuses to choose between two beans, also where one of them can only be asked for by its name. */
    @Test
    void should_have_no_model_beside_one_of_the_application() {
        Runners.withKey().withBean("own", ChatModel.class, () -> OWN).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(DeepSeekChatModel.class);
            assertThat(context.getBeansOfType(ChatModel.class)).containsOnlyKeys("own");
            assertThat(context.getBean(StreamingChatModel.class)).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource({"fast, fastChatModel", "default, deepSeekChatModel"})
    void should_inject_the_model_that_is_named_primary_beside_one_of_the_application(String primary, String bean) {
        withOwn("deepthink4j.primary=" + primary).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ChatModel.class)).isSameAs(context.getBean(bean));
            assertThat(context.getBean("own")).isSameAs(OWN);
        });
    }

    @Test
    void should_not_start_with_two_primary_models() {
        FailureAnalysis analysis = analysis(withModels("fast")
                .withBean("own", ChatModel.class, () -> OWN, definition -> definition.setPrimary(true))
                .withPropertyValues("deepthink4j.primary=fast"));

        assertThat(analysis.getDescription()).contains("deepthink4j.primary", "'own'", "It is set in ");
    }

    @Test
    void should_inject_the_combined_model_that_a_model_of_the_application_is_a_part_of() {
        withOwn("deepthink4j.failover.parts=own,fast").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ChatModel.class)).isInstanceOf(FailoverChatModel.class);
        });
    }

    @Test
    void should_inject_a_model_of_the_application_that_is_no_part_unless_the_properties_say_otherwise() {
        withOwn("deepthink4j.failover.parts=default,fast").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ChatModel.class)).isSameAs(OWN);
            assertThat(context.getBean("failoverChatModel")).isInstanceOf(FailoverChatModel.class);
            assertThat(context.getBean("failoverStreamingChatModel")).isInstanceOf(FailoverStreamingChatModel.class);
        });
        withOwn("deepthink4j.failover.parts=default,fast", "deepthink4j.primary=failover")
                .run(context -> assertThat(context.getBean(ChatModel.class)).isInstanceOf(FailoverChatModel.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deepthink4j.failover.parts=default,fast | reactiveDeepSeekChatModel",
                "deepthink4j.failover.parts=fast,default | fastReactiveChatModel",
                "deepthink4j.routing.reasoner=fast;deepthink4j.routing.tool-caller=default | fastReactiveChatModel"
            })
    void should_inject_the_first_part_for_reactor(String properties, String bean) {
        withModels("fast")
                .withPropertyValues(properties.split(";"))
                .withUserConfiguration(Unqualified.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Unqualified.Kept.class).model()).isSameAs(context.getBean(bean));
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Unqualified {

        record Kept(ReactiveDeepSeekChatModel model) {}

        @Bean
        Kept kept(ReactiveDeepSeekChatModel model) {
            return new Kept(model);
        }
    }

    @Test
    void should_make_no_block_without_a_key_where_named_models_have_theirs() {
        Runners.bare()
                .withPropertyValues(
                        "deepthink4j.models.one.api-key=" + Runners.KEY,
                        "deepthink4j.models.two.api-key=" + Runners.KEY)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(ChatModel.class))
                            .containsOnlyKeys("oneChatModel", "twoChatModel");
                    assertThat(context.getBeansOfType(StreamingChatModel.class)).hasSize(2);
                    assertThat(context.getBeansOfType(ReactiveDeepSeekChatModel.class))
                            .hasSize(2);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deepthink4j.failover.parts=default,failover | failover.parts",
                "deepthink4j.routing.reasoner=routing;deepthink4j.routing.tool-caller=default | routing.reasoner",
                "deepthink4j.routing.reasoner=default;deepthink4j.routing.tool-caller=routing | routing.tool-caller"
            })
    void should_not_start_with_a_model_that_is_a_part_of_itself(String properties, String property) {
        FailureAnalysis analysis = analysis(withModels("fast").withPropertyValues(properties.split(";")));

        assertThat(analysis.getDescription()).contains("deepthink4j." + property, "is a part of itself");
        assertThat(analysis.getAction()).contains("Use one of default, fast, or describe");
    }

    @Test
    void should_not_start_with_two_models_that_are_parts_of_each_other() {
        FailureAnalysis analysis = analysis(Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.failover.parts=default,routing",
                        "deepthink4j.routing.reasoner=failover",
                        "deepthink4j.routing.tool-caller=default"));

        assertThat(analysis.getDescription()).contains("each a part of the other");
    }

    @Test
    void should_say_which_models_there_are_to_who_asks_for_another() {
        FailureAnalysis analysis = missing(withModels("quick").withUserConfiguration(Asking.class));

        assertThat(analysis.getDescription())
                .contains("ChatModel with the qualifier 'fast'", "deepSeekChatModel, quickChatModel");
        assertThat(analysis.getAction()).contains("deepthink4j.models.fast", "use one of default, quick");
    }

    @Test
    void should_say_how_to_choose_where_no_model_is_the_first() {
        FailureAnalysis analysis = missing(Runners.bare()
                .withPropertyValues(
                        "deepthink4j.models.one.api-key=" + Runners.KEY,
                        "deepthink4j.models.two.api-key=" + Runners.KEY)
                .withUserConfiguration(Unqualified.class));

        assertThat(analysis.getAction()).contains("deepthink4j.primary", "one, two");
    }

    private static FailureAnalysis missing(ApplicationContextRunner runner) {
        FailureAnalysis[] found = new FailureAnalysis[1];
        ConfigurableApplicationContext[] made = new ConfigurableApplicationContext[1];
        runner.withInitializer(context -> made[0] = context).run(context -> {
            assertThat(context).hasFailed();
            found[0] = new MissingModelAnalyzer(made[0].getEnvironment(), made[0].getBeanFactory())
                    .analyze(context.getStartupFailure());
        });
        assertThat(found[0]).isNotNull();
        return found[0];
    }

    @Configuration(proxyBeanMethods = false)
    static class Asking {

        @Bean
        String answer(@Qualifier("fast") ChatModel model) {
            return model.chat("Hi");
        }
    }
}
