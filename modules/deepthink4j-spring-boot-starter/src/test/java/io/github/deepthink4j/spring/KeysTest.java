package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Which key goes to which host. */
class KeysTest {

    private static final String OTHER = "sk-00000000000000000000000000000020";

    private static ModelBlocks blocks(Map<String, Object> properties, Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return ModelBlocks.of(environment);
    }

    private static Map<String, Object> variable() {
        return Map.of("DEEPSEEK_API_KEY", OTHER);
    }

    @Test
    void should_take_the_variable_where_no_key_is_set() {
        assertThat(blocks(Map.of(), variable()).apiKey("default")).isEqualTo(OTHER);
        assertThat(blocks(Map.of("deepthink4j.api-key", " "), variable()).apiKey("default"))
                .isEqualTo(OTHER);
        assertThat(blocks(Map.of("deepthink4j.api-key", Runners.KEY), variable())
                        .apiKey("default"))
                .isEqualTo(Runners.KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.deepseek.com/beta",
                "https://API.DeepSeek.com",
                "http://localhost:8080",
                "http://127.0.0.1:1"
            })
    void should_send_the_variable_to_deepseek_and_to_this_machine(String url) {
        assertThat(blocks(Map.of("deepthink4j.base-url", url), variable()).apiKey("default"))
                .isEqualTo(OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://openrouter.ai/api/v1",
                "https://api.deepseek.com.evil.example",
                "https://evildeepseek.com",
                "https://api.deepseek.com@evil.example",
                "not a url"
            })
    void should_not_send_the_variable_anywhere_else(String url) {
        ModelBlocks blocks = blocks(Map.of("deepthink4j.base-url", url), variable());

        assertThat(blocks.apiKey("default")).isNull();
        assertThat(blocks.hostWithoutVariable()).isNotNull();
        assertThat(blocks(Map.of(), variable()).hostWithoutVariable()).isNull();
    }

    @Test
    void should_send_a_key_that_is_set_wherever_the_block_says() {
        assertThat(blocks(
                                Map.of(
                                        "deepthink4j.base-url",
                                        "https://openrouter.ai/api/v1",
                                        "deepthink4j.api-key",
                                        Runners.KEY),
                                Map.of())
                        .apiKey("default"))
                .isEqualTo(Runners.KEY);
    }

    @Test
    void should_not_take_the_key_of_the_block_to_another_host() {
        ModelBlocks blocks = blocks(
                Map.of(
                        "deepthink4j.api-key", Runners.KEY,
                        "deepthink4j.custom-headers.Authorization", "Bearer secret",
                        "deepthink4j.models.same.thinking", "off",
                        "deepthink4j.models.beta.base-url", "https://api.deepseek.com/beta",
                        "deepthink4j.models.elsewhere.base-url", "https://openrouter.ai/api/v1",
                        "deepthink4j.models.own.base-url", "https://openrouter.ai/api/v1",
                        "deepthink4j.models.own.api-key", OTHER),
                Map.of());

        assertThat(blocks.apiKey("same")).isEqualTo(Runners.KEY);
        assertThat(blocks.apiKey("beta")).isEqualTo(Runners.KEY);
        assertThat(blocks.apiKey("elsewhere")).isNull();
        assertThat(blocks.apiKey("own")).isEqualTo(OTHER);
        assertThat(blocks.properties("elsewhere").getCustomHeaders()).isEmpty();
        assertThat(blocks.properties("same").getCustomHeaders()).hasSize(1);
    }

    @Test
    void should_send_the_variable_with_a_named_model_of_deepseeks() {
        ModelBlocks blocks = blocks(
                Map.of(
                        "deepthink4j.base-url", "https://openrouter.ai/api/v1",
                        "deepthink4j.api-key", Runners.KEY,
                        "deepthink4j.models.official.base-url", "https://api.deepseek.com"),
                variable());

        assertThat(blocks.apiKey("official")).isEqualTo(OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fast", "deep_thought", "deep-thought", "v4", "[a.b]", "[with space]"})
    void should_take_any_name_for_a_model(String name) {
        String prefix = "deepthink4j.models" + (name.startsWith("[") ? "" : ".") + name;
        ModelBlocks blocks =
                blocks(Map.of("deepthink4j.api-key", Runners.KEY, prefix + ".max-output-tokens", "9"), Map.of());

        String plain = name.replaceAll("[\\[\\]]", "");
        assertThat(blocks.names()).containsExactly("default", plain);
        assertThat(blocks.properties(plain).getMaxOutputTokens()).isEqualTo(9);
    }

    @Test
    void should_read_a_model_from_variables_alone() {
        ModelBlocks blocks = blocks(
                Map.of(),
                Map.of(
                        "DEEPTHINK4J_APIKEY", Runners.KEY,
                        "DEEPTHINK4J_MODELS_FAST_MODELNAME", "deepseek-flash",
                        "DEEPTHINK4J_MODELS_FAST_MAXOUTPUTTOKENS", "9"));

        assertThat(blocks.names()).containsExactly("default", "fast");
        assertThat(blocks.properties("fast").getMaxOutputTokens()).isEqualTo(9);
        assertThat(blocks.apiKey("fast")).isEqualTo(Runners.KEY);
    }
}
