package io.github.deepthink4j.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static Settings from(String variables) {
        return Settings.from(Arrays.stream(variables.split(" "))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1])));
    }

    @Test
    void should_take_any_two_models_from_the_environment() {
        Settings settings = Settings.from(Map.of(
                "DEEPSEEK_API_KEY", "key",
                "REASONER_MODEL", "r1",
                "REASONER_BASE_URL", "http://localhost:8000/v1",
                "TOOLS_MODEL", "chat",
                "TOOLS_API_KEY", "other"));

        assertThat(settings.reasoner()).isEqualTo(new Settings.Model("key", "http://localhost:8000/v1", "r1"));
        assertThat(settings.toolCaller()).isEqualTo(new Settings.Model("other", "https://api.deepseek.com", "chat"));
        assertThat(settings.toString()).doesNotContain("other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REASONER_BASE_URL=http://127.0.0.1:9 REASONER_MODEL=deepseek-reasoner | the tool caller is
        REASONER_API_KEY=k | the tool caller is
        REASONER_BASE_URL=http://h TOOLS_MODEL=x | the tool caller is
        TOOLS_BASE_URL=http://h | the reasoner is
        TOOLS_API_KEY=k REASONER_MODEL=r1 | the reasoner is
        DEEPSEEK_API_KEY=k REASONER_API_KEY= | the reasoner is
        TOOLS_MODEL=x | the models are
        REASONER_MODEL=r1 | the models are
        DEEPSEEK_MODEL=deepseek-flash | the models are
        """)
    void should_refuse_to_ignore_what_was_set(String variables, String unknown) {
        String first = variables.substring(0, variables.indexOf('='));

        assertThatThrownBy(() -> from(variables))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        first, " is", unknown.startsWith("the reasoner") ? "REASONER_BASE_URL" : "TOOLS_BASE_URL")
                .hasMessageContaining("are not: it is not known where " + unknown + ". Set ");
    }

    @Test
    void should_play_both_parts_only_if_nothing_is_set() {
        assertThat(Settings.from(Map.of()).isOffline()).isTrue();
        assertThat(from("REASONER_BASE_URL= TOOLS_MODEL= DEEPSEEK_API_KEY=").isOffline())
                .isTrue();
        assertThat(from("DEEPSEEK_API_KEY=k").isOffline()).isFalse();
        assertThat(from("REASONER_API_KEY=k TOOLS_BASE_URL=http://h").isOffline())
                .isFalse();
    }

    @Test
    void should_say_of_both_what_is_not_said_of_one() {
        Settings settings = from("DEEPSEEK_BASE_URL=http://h DEEPSEEK_MODEL=m TOOLS_MODEL=t TOOLS_BASE_URL=");

        assertThat(settings.reasoner()).isEqualTo(new Settings.Model("", "http://h", "m"));
        assertThat(settings.toolCaller()).isEqualTo(new Settings.Model("", "http://h", "t"));
        assertThat(settings.toolCaller()).hasToString("t at http://h, without a key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:18081", "localhost:80", "api.deepseek.com", "//h", "http:/h", "http://", "ftp://h"})
    void should_name_the_variable_whose_address_is_none(String url) {
        assertThatThrownBy(() -> Settings.from(Map.of("TOOLS_BASE_URL", url)))
                .hasMessageStartingWith("TOOLS_BASE_URL is not the address of a server")
                .hasMessageContaining("http://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEEPSEEK_BASE_URL=user:secret@host/secret?key=secret",
                "REASONER_BASE_URL=https://user:secret@host/v1",
                "TOOLS_BASE_URL=sk-secret-secret TOOLS_API_KEY=http://h",
                "TOOLS_API_KEY=http://h/secret",
                "DEEPSEEK_API_KEY=k REASONER_MODEL=sk-secret-secret",
                "REASONER_API_KEY=my-secret-key TOOLS_API_KEY=k TOOLS_MODEL=my-secret-key",
                "AGENT_STRATEGY=secret",
                "AGENT_DATABASE=secret",
                "AGENT_DATABASE=jdbc:nonsense-secret",
                "AGENT_DATABASE=jdbc:postgresql://bob:secret@localhost/x",
                "AGENT_DATABASE='jdbc:h2:mem:secret'"
            })
    void should_name_the_variable_and_show_nothing_of_its_value(String variables) {
        assertThatThrownBy(() -> from(variables))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsAnyOf(variables.replaceAll("=\\S+", "").split(" "))
                .doesNotContain("secret");
    }

    @Test
    void should_show_no_secret_of_an_address() {
        Settings settings =
                from("DEEPSEEK_BASE_URL=https://host/v1/secret?key=secret TOOLS_BASE_URL=http://h/v1?k=secret");

        assertThat(settings.reasoner()).hasToString("deepseek-v4-pro at https://host/v1/***, without a key");
        assertThat(settings.toolCaller()).hasToString("deepseek-flash at http://h/v1, without a key");
    }

    @Test
    void should_not_ignore_a_strategy_that_there_is_not() {
        assertThat(from("AGENT_STRATEGY=Route").planning()).isFalse();
        assertThat(from("AGENT_STRATEGY=").planning()).isTrue();
        assertThatThrownBy(() -> from("AGENT_STRATEGY=rout")).hasMessageContaining("It can be plan or route.");
    }
}
