package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.language.LanguageModel;
import dev.langchain4j.model.language.StreamingLanguageModel;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.cost.budget.BudgetExceededException;
import io.github.deepthink4j.model.DeepSeekFimModel;
import io.github.deepthink4j.model.DeepSeekFimModelBuilder;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingFimModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The models that complete in the middle, as beans. */
class FimBeansTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private ApplicationContextRunner runner() {
        return Runners.withKey().withPropertyValues("deepthink4j.base-url=" + deepSeek.baseUrl());
    }

    private static String streamed(StreamingLanguageModel model, String prompt) {
        CompletableFuture<String> text = new CompletableFuture<>();
        model.generate(prompt, new StreamingResponseHandler<>() {
            @Override
            public void onNext(String piece) {}

            @Override
            public void onComplete(Response<String> response) {
                text.complete(response.content());
            }

            @Override
            public void onError(Throwable error) {
                text.completeExceptionally(error);
            }
        });
        return text.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void should_complete_in_the_middle_by_a_key_alone() {
        deepSeek.respond(Answer.text("a"), Answer.text("b"));

        runner().run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(((DeepSeekFimModel) context.getBean(LanguageModel.class))
                            .generate("x", "y")
                            .content())
                    .isEqualTo("a");
            assertThat(streamed(context.getBean(StreamingLanguageModel.class), "x"))
                    .isEqualTo("b");
        });

        assertThat(deepSeek.completions())
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.body().path("model").asText()).isEqualTo("deepseek-flash"));
    }

    /** A chat's limit would be too high here, and its temperature too warm. */
    @Test
    void should_ask_as_the_properties_say_and_not_as_those_of_chats_do() {
        deepSeek.respond(Answer.text("a"), Answer.text("b"));

        runner().withPropertyValues(
                        "deepthink4j.max-output-tokens=60000",
                        "deepthink4j.temperature=1.5",
                        "deepthink4j.custom-parameters.beam=3",
                        "deepthink4j.fim.max-output-tokens=64",
                        "deepthink4j.fim.temperature=0.25",
                        "deepthink4j.fim.top-p=0.5",
                        "deepthink4j.fim.stop-sequences=;",
                        "deepthink4j.fim.logprobs=2",
                        "deepthink4j.fim.custom-parameters.user_id=anna",
                        "deepthink4j.models.pro.model-name=deepseek-v4-pro",
                        "deepthink4j.models.pro.fim.max-output-tokens=32")
                .run(context -> {
                    context.getBean(DeepSeekFimModel.class).generate("x");
                    context.getBean("proFimModel", DeepSeekFimModel.class).generate("x");
                });

        JsonNode block = deepSeek.completions().get(0).body();
        assertThat(block.toString())
                .contains("\"max_tokens\":64", "\"temperature\":0.25", "\"top_p\":0.5", "\"stop\":[\";\"]")
                .contains("\"logprobs\":2", "\"user_id\":\"anna\"")
                .doesNotContain("beam");
        JsonNode pro = deepSeek.completions().get(1).body();
        assertThat(pro.path("model").asText()).isEqualTo("deepseek-v4-pro");
        assertThat(pro.path("max_tokens").asInt()).isEqualTo(32);
        assertThat(pro.path("temperature").asDouble()).isEqualTo(0.25);
    }

    @Configuration
    static class Injecting {

        record Both(LanguageModel block, LanguageModel pro, StreamingLanguageModel streamingPro) {}

        @Bean
        Both both(
                LanguageModel block,
                @Qualifier("pro") LanguageModel pro,
                @Qualifier("pro") StreamingLanguageModel streamingPro) {
            return new Both(block, pro, streamingPro);
        }
    }

    @Test
    void should_be_injected_by_the_name_of_the_model() {
        runner().withPropertyValues("deepthink4j.models.pro.model-name=deepseek-v4-pro")
                .withUserConfiguration(Injecting.class)
                .run(context -> {
                    Injecting.Both both = context.getBean(Injecting.Both.class);
                    assertThat(both.block()).isSameAs(context.getBean("deepSeekFimModel"));
                    assertThat(both.pro()).isSameAs(context.getBean("proFimModel"));
                    assertThat(both.streamingPro()).isSameAs(context.getBean("proStreamingFimModel"));
                });
    }

    @Test
    void should_be_made_when_somebody_asks_and_closed_with_the_context() {
        List<DeepSeekFimModel> made = new ArrayList<>();
        runner().run(context -> {
            ConfigurableListableBeanFactory beans =
                    context.getSourceApplicationContext().getBeanFactory();
            assertThat(beans.containsSingleton("deepSeekFimModel")).isFalse();
            assertThat(beans.containsSingleton("deepSeekStreamingFimModel")).isFalse();
            made.add(context.getBean(DeepSeekFimModel.class));
        });

        assertThatThrownBy(() -> made.get(0).generate("x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void should_leave_the_place_to_a_language_model_of_the_application() {
        LanguageModel own = prompt -> Response.from("own");
        runner().withBean("own", LanguageModel.class, () -> own)
                .withUserConfiguration(Injected.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Injected.One.class).model()).isSameAs(own);
                    assertThat(context.getBean("deepSeekFimModel")).isInstanceOf(DeepSeekFimModel.class);
                });
    }

    @Configuration
    static class Injected {

        record One(LanguageModel model) {}

        @Bean
        @Lazy
        One one(LanguageModel model) {
            return new One(model);
        }
    }

    @Test
    void should_be_that_of_the_first_part_of_a_failover() {
        runner().withPropertyValues(
                        "deepthink4j.models.pro.model-name=deepseek-v4-pro", "deepthink4j.failover.parts=pro,default")
                .withUserConfiguration(Injected.class)
                .run(context -> assertThat(context.getBean(Injected.One.class).model())
                        .isSameAs(context.getBean("proFimModel")));
    }

    @Test
    void should_have_listeners_budgets_and_customizers_as_chats_have() {
        deepSeek.respond(Answer.text("a"));
        List<String> told = new ArrayList<>();
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                told.add("request");
            }
        };
        DeepSeekModelCustomizer customizer = new DeepSeekModelCustomizer() {
            @Override
            public void customize(String name, DeepSeekModelBuilder<?> builder) {}

            @Override
            public void customizeFim(String name, DeepSeekFimModelBuilder<?> builder) {
                told.add(name);
                builder.maxOutputTokens(7);
            }
        };

        runner().withPropertyValues("deepthink4j.budget.tokens=60")
                .withBean(ChatModelListener.class, () -> listener)
                .withBean(DeepSeekModelCustomizer.class, () -> customizer)
                .run(context -> {
                    DeepSeekFimModel model = context.getBean(DeepSeekFimModel.class);
                    model.generate("x");
                    assertThatThrownBy(() -> model.generate("x ".repeat(100)))
                            .isInstanceOf(BudgetExceededException.class);
                    assertThat(context.getBean(DeepSeekStreamingFimModel.class)).isNotNull();
                });

        assertThat(told).containsExactly("default", "request", "request", "default");
        assertThat(deepSeek.completions()).hasSize(1);
        assertThat(deepSeek.completions().get(0).body().path("max_tokens").asInt())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fim.max-output-tokens=0 | deepthink4j.fim.max-output-tokens | at least 1",
                "fim.temperature=3       | deepthink4j.fim.temperature       | from 0 to 2",
                "fim.top-p=2             | deepthink4j.fim.top-p             | from 0 to 1",
                "fim.frequency-penalty=3 | deepthink4j.fim.frequency-penalty | from -2 to 2",
                "fim.presence-penalty=-3 | deepthink4j.fim.presence-penalty  | from -2 to 2",
                "fim.logprobs=21         | deepthink4j.fim.logprobs          | from 0 to 20",
                "fim.max-tokens=4        | deepthink4j.fim.max-tokens        | Correct the name",
            })
    void should_say_at_the_start_what_can_not_be(String property, String place, String action) {
        assertThat(Runners.analysis(runner().withPropertyValues("deepthink4j." + property)))
                .satisfies(analysis -> assertThat(analysis.getDescription()).contains(place))
                .satisfies(analysis -> assertThat(analysis.getAction()).contains(action));
    }
}
