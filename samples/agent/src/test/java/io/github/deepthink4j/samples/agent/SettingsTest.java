package io.github.deepthink4j.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

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
}
