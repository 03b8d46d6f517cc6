package io.github.deepthink4j.samples.rag.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void should_rewrite_with_the_same_model_without_thinking_where_that_can_be() {
        assertThat(Settings.from(Map.of()).cheapModelName()).isEqualTo("deepseek-flash");
        assertThat(Settings.from(Map.of("DEEPSEEK_API_KEY", "k", "DEEPSEEK_MODEL", "deepseek-reasoner"))
                        .cheapModelName())
                .as("it always thinks")
                .isEqualTo("deepseek-chat");
        assertThat(Settings.from(Map.of("DEEPSEEK_API_KEY", "k", "DEEPSEEK_CHEAP_MODEL", "mine"))
                        .cheapModelName())
                .isEqualTo("mine");
    }

    @Test
    void should_refuse_to_ignore_what_was_set() {
        assertThatThrownBy(() -> Settings.from(Map.of("DEEPSEEK_MODEL", "m")))
                .hasMessageStartingWith("DEEPSEEK_MODEL is set, DEEPSEEK_API_KEY and DEEPSEEK_BASE_URL are not");
        assertThatThrownBy(() -> Settings.from(Map.of("DEEPSEEK_CHEAP_MODEL", "m")))
                .hasMessageStartingWith("DEEPSEEK_CHEAP_MODEL is set, ");
        assertThatThrownBy(() -> Settings.from(Map.of("DEEPSEEK_BASE_URL", "127.0.0.1:18081")))
                .hasMessageStartingWith(
                        "DEEPSEEK_BASE_URL is not the address of a server: 127.0.0.1:18081. It begins with http://");
    }

    @Test
    void should_say_that_no_key_is_sent_to_a_server_of_ones_own() {
        assertThat(Settings.from(Map.of("DEEPSEEK_BASE_URL", "http://h/v1?key=secret")))
                .hasToString("Talking to deepseek-flash at http://h/v1. DEEPSEEK_API_KEY is not set, so no key is sent."
                        + " If its model is called otherwise, set DEEPSEEK_MODEL.");
    }

    @Test
    void should_be_offline_only_without_a_key_and_without_an_address() {
        assertThat(Settings.from(Map.of()).isOffline()).isTrue();
        assertThat(Settings.from(Map.of("DEEPSEEK_API_KEY", "k")).baseUrl()).isEqualTo("https://api.deepseek.com");
        assertThat(Settings.from(Map.of("DEEPSEEK_BASE_URL", "http://localhost:8000"))
                        .isOffline())
                .isFalse();
    }
}
