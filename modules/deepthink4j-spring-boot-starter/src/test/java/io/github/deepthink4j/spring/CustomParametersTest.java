package io.github.deepthink4j.spring;

import static io.github.deepthink4j.spring.Runners.analysis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.ChatModel;
import io.github.deepthink4j.model.DeepSeekFimModel;
import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;

/** What is sent of custom parameters, from YAML and from texts. */
class CustomParametersTest {

    @RegisterExtension
    final DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

    private ApplicationContextRunner runner() {
        return Runners.withKey().withPropertyValues("deepthink4j.base-url=" + deepSeek.baseUrl());
    }

    private static ApplicationContextRunner withYaml(ApplicationContextRunner runner, String yaml) {
        return runner.withInitializer(context -> {
            try {
                new YamlPropertySourceLoader()
                        .load("yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                        .forEach(context.getEnvironment().getPropertySources()::addLast);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private JsonNode asked(ApplicationContextRunner runner, String model) {
        deepSeek.onAnyMessage().answer("Hello");
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(model, ChatModel.class).chat("Hi");
        });
        return deepSeek.lastRequest().body();
    }

    @Test
    void should_send_of_yaml_what_stands_there() {
        String yaml = """
                deepthink4j:
                  custom-parameters:
                    stop_token_ids: [1, 2]
                    many: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
                    objects: [{type: x, deep: [true]}]
                    none: '[]'
                    nothing: '{}'
                    empty: '""'
                    text: hello
                    number_as_text: '"5"'
                    null_value: 'null'
                    chat_template_kwargs: {enable_thinking: false, level: 0.5}
                """;

        JsonNode body = asked(withYaml(runner(), yaml), "deepSeekChatModel");

        assertThat(body.path("stop_token_ids")).hasToString("[1,2]");
        assertThat(body.path("many")).hasToString("[0,1,2,3,4,5,6,7,8,9,10,11]");
        assertThat(body.path("objects")).hasToString("[{\"type\":\"x\",\"deep\":[true]}]");
        assertThat(body.path("none")).hasToString("[]");
        assertThat(body.path("nothing")).hasToString("{}");
        assertThat(body.path("empty")).hasToString("\"\"");
        assertThat(body.path("text")).hasToString("\"hello\"");
        assertThat(body.path("number_as_text")).hasToString("\"5\"");
        assertThat(body.get("null_value")).hasToString("null");
        assertThat(body.path("chat_template_kwargs")).hasToString("{\"enable_thinking\":false,\"level\":0.5}");
    }

    @Test
    void should_send_numbers_and_truth_values_that_are_texts_in_a_file_of_properties() {
        JsonNode body = asked(
                runner().withPropertyValues(
                                "deepthink4j.custom-parameters.top_k=5",
                                "deepthink4j.custom-parameters.min_p=0.05",
                                "deepthink4j.custom-parameters.flag=true",
                                "deepthink4j.custom-parameters.chat_template_kwargs.enable_thinking=false",
                                "deepthink4j.custom-parameters.ids[0]=7",
                                "deepthink4j.custom-parameters.ids[1]=x",
                                "deepthink4j.custom-parameters.none=[]",
                                "deepthink4j.custom-parameters.text=\"5\"",
                                "deepthink4j.custom-parameters.version=1.2.3",
                                "deepthink4j.custom-parameters.zero=007"),
                "deepSeekChatModel");

        assertThat(body.path("top_k")).hasToString("5");
        assertThat(body.path("min_p")).hasToString("0.05");
        assertThat(body.path("flag")).hasToString("true");
        assertThat(body.path("chat_template_kwargs")).hasToString("{\"enable_thinking\":false}");
        assertThat(body.path("ids")).hasToString("[7,\"x\"]");
        assertThat(body.path("none")).hasToString("[]");
        assertThat(body.path("text")).hasToString("\"5\"");
        assertThat(body.path("version")).hasToString("\"1.2.3\"");
        assertThat(body.path("zero")).hasToString("\"007\"");
    }

    @Test
    void should_do_the_same_for_named_models_and_for_completions_in_the_middle() {
        String yaml = """
                deepthink4j:
                  custom-parameters: {ids: [1, 2], beam: 3, other: '"5"'}
                  fim.custom-parameters: {ids: [1, 2]}
                  models:
                    fast:
                      custom-parameters: {ids: [9], beam: ''}
                """;

        JsonNode body = asked(withYaml(runner(), yaml), "fastChatModel");

        assertThat(body.path("ids")).hasToString("[9]");
        assertThat(body.path("other")).hasToString("\"5\"");
        assertThat(body.has("beam")).isFalse();
        deepSeek.respond(Answer.text("x"));
        withYaml(runner(), yaml)
                .run(context -> context.getBean(DeepSeekFimModel.class).generate("x"));
        assertThat(deepSeek.completions().get(0).body().path("ids")).hasToString("[1,2]");
    }

    /** Spring makes one empty text of an empty list, an empty object and of no value. */
    @Test
    void should_refuse_what_spring_does_not_show() {
        assertThat(analysis(withYaml(Runners.withKey(), "deepthink4j.custom-parameters.a: {b: []}")))
                .satisfies(refused -> {
                    assertThat(refused.getDescription()).contains("deepthink4j.custom-parameters.a.b", "empty list");
                    assertThat(refused.getAction()).contains("'[]'");
                });
        assertThat(analysis(withYaml(Runners.withKey(), "deepthink4j.fim.custom-parameters.a:"))
                        .getDescription())
                .contains("deepthink4j.fim.custom-parameters.a can't be used");
    }
}
