package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What IDEs know of the properties. */
class MetadataTest {

    private static final JsonNode METADATA = read("/META-INF/spring-configuration-metadata.json");

    private static JsonNode read(String resource) {
        try (InputStream in = MetadataTest.class.getResourceAsStream(resource)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        METADATA.path("properties")
                .forEach(property -> names.add(property.path("name").asText()));
        return names;
    }

    @Test
    void should_describe_each_property() {
        assertThat(names()).contains("deepthink4j.api-key", "deepthink4j.timeouts.total", "deepthink4j.budget.money");
        assertThat(METADATA.path("properties"))
                .allSatisfy(property -> assertThat(property.path("description").asText())
                        .as(property.path("name").asText())
                        .matches("(?s)[A-Z0-9].*\\.")
                        .doesNotContain("{@"));
    }

    @Test
    void should_describe_each_group() {
        assertThat(METADATA.path("groups"))
                .hasSizeGreaterThan(10)
                .allSatisfy(group -> assertThat(group.path("description").asText())
                        .as(group.path("name").asText())
                        .matches("(?s)[A-Z0-9].*\\."));
    }

    @Test
    void should_propose_each_value_that_has_a_name() {
        assertThat(proposed("deepthink4j.profile")).containsExactlyElementsOf(NamedValues.PROFILES.names());
        assertThat(proposed("deepthink4j.dialect")).containsExactlyElementsOf(NamedValues.DIALECTS.names());
        assertThat(proposed("deepthink4j.lost-reasoning"))
                .containsExactlyElementsOf(NamedValues.LOST_REASONING.names());
        assertThat(proposed("deepthink4j.model-name")).contains("deepseek-flash", "deepseek-v4-pro");
        assertThat(proposed("deepthink4j.reasoning-effort")).contains("low", "high", "max");
        assertThat(proposed("deepthink4j.routing.strategy")).containsExactly("route", "plan-call-answer");
        assertThat(proposed("deepthink4j.budget.period")).contains("request", "day", "month", "forever");
    }

    private static List<String> proposed(String property) {
        List<String> values = new ArrayList<>();
        METADATA.path("hints").forEach(hint -> {
            if (hint.path("name").asText().equals(property)) {
                hint.path("values")
                        .forEach(value -> values.add(value.path("value").asText()));
            }
        });
        return values;
    }

    @Test
    void should_have_each_group_on_the_page() throws IOException {
        String page = Files.readString(Path.of("../../docs/spring-boot.md"));

        assertThat(names())
                .allSatisfy(name ->
                        assertThat(page).as(name).containsAnyOf(name.substring(name.lastIndexOf('.') + 1), name));
    }
}
