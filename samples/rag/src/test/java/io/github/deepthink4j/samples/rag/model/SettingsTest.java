package io.github.deepthink4j.samples.rag.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void should_rewrite_with_the_same_model_without_thinking_where_that_can_be() {
        assertThat(Settings.from(Map.of()).cheapModelName()).isEqualTo("deepseek-flash");
        assertThat(Settings.from(Map.of("DEEPSEEK_MODEL", "deepseek-reasoner")).cheapModelName())
                .as("it always thinks")
                .isEqualTo("deepseek-chat");
        assertThat(Settings.from(Map.of("DEEPSEEK_CHEAP_MODEL", "mine")).cheapModelName())
                .isEqualTo("mine");
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
