package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.docs.ApiPage;
import io.github.deepthink4j.docs.JavaBlocks;
import io.github.deepthink4j.docs.JavaBlocks.Compiled;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/observability.md and the dashboard say what is really emitted, all of it, and nothing else. */
class ObservabilityPageTest {

    private static final Path PAGE = Path.of("../../docs/observability.md");
    private static final Path DASHBOARD = Path.of("../../docs/grafana-deepthink4j.json");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** The rows of the table under a heading, cell by cell. */
    private static List<String[]> rows(String heading) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("\n## " + heading + "\n");
        int to = page.indexOf("\n## ", from + 4);
        return page.substring(from, to)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(1).split("\\|", -1))
                .toList();
    }

    private static Set<String> code(String cell) {
        Set<String> words = new TreeSet<>();
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        return words;
    }

    private static String kind(Meter.Type type) {
        return switch (type) {
            case TIMER -> "timer";
            case LONG_TASK_TIMER -> "long task timer";
            case DISTRIBUTION_SUMMARY -> "summary";
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            default -> type.name();
        };
    }

    @Test
    void should_list_each_meter_with_its_kind_and_tags() throws IOException {
        try (Traces traces = new Traces()) {
            // Given
            Map<String, String> written = new TreeMap<>();
            for (String[] row : rows("Meters")) {
                written.put(code(row[0]).iterator().next(), row[1].strip() + " " + code(row[2]));
            }

            // When
            Map<String, String> emitted = new TreeMap<>();
            traces.meters
                    .config()
                    .onMeterAdded(meter -> emitted.put(
                            meter.getId().getName(), kind(meter.getId().getType()) + " " + keys(meter)));
            MadeUpCalls.tell(DeepSeekObservations.builder()
                    .observations(traces.observations)
                    .meters(traces.meters)
                    .build());

            // Then
            assertThat(emitted).isEqualTo(written);
        }
    }

    private static Set<String> keys(Meter meter) {
        Set<String> keys = new TreeSet<>();
        meter.getId().getTags().stream().map(Tag::getKey).forEach(keys::add);
        return keys;
    }

    @Test
    void should_list_each_attribute_of_a_span_with_its_type() throws IOException {
        try (Traces traces = new Traces()) {
            // Given
            Map<String, String> written = new TreeMap<>();
            for (String[] row : rows("Spans")) {
                written.put(code(row[0]).iterator().next(), row[1].strip());
            }
            for (String[] row : rows("Meters")) {
                if (row[1].contains("timer")) {
                    code(row[2]).stream()
                            .filter(tag -> !tag.equals("error"))
                            .forEach(tag -> written.put(tag, "string"));
                }
            }

            // When
            MadeUpCalls.tell(DeepSeekObservations.builder()
                    .observations(traces.observations)
                    .content(true)
                    .build());
            Map<String, String> emitted = new TreeMap<>();
            traces.spans()
                    .forEach(span -> Traces.attributes(span)
                            .forEach((name, value) -> emitted.put(
                                    name,
                                    switch (value.getClass().getSimpleName()) {
                                        case "Long" -> "int";
                                        case "Double" -> "double";
                                        case "Boolean" -> "boolean";
                                        case "String" -> "string";
                                        default -> "string[]";
                                    })));

            // Then
            assertThat(emitted).isEqualTo(written);
        }
    }

    @Test
    void should_show_in_the_dashboard_what_a_scrape_has() throws IOException {
        // Given
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        prometheus.config().meterFilter(DeepSeekObservations.buckets());
        var observations = DeepSeekObservations.builder().meters(prometheus).build();

        // When
        MadeUpCalls.tell(observations);
        Map<String, Set<String>> scraped = new TreeMap<>();
        Matcher sample = Pattern.compile("(?m)^([a-z_0-9]+)(?:\\{([^}]*)})? ").matcher(prometheus.scrape());
        while (sample.find()) {
            Set<String> labels = scraped.computeIfAbsent(sample.group(1), name -> new HashSet<>());
            Matcher label = Pattern.compile("(\\w+)=\"").matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                labels.add(label.group(1));
            }
        }

        // Then
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        Set<String> shown = new TreeSet<>();
        for (JsonNode expr : dashboard.findValues("expr")) {
            Matcher metric = Pattern.compile(
                            "\\b((?:gen_ai_client|deepthink4j_client|deepthink4j_step)_[a-z_]*)\\b(?=[{\\[)])")
                    .matcher(expr.asText().replaceAll("by \\([^)]*\\)", ""));
            while (metric.find()) {
                String name = metric.group(1);
                shown.add(name);
                assertThat(scraped).as(expr.asText()).containsKey(name);
                Matcher by =
                        Pattern.compile("by \\(([^)]*)\\)|([a-z_0-9]+)=~?\"").matcher(expr.asText());
                while (by.find()) {
                    for (String label : (by.group(1) == null ? by.group(2) : by.group(1)).split(", ")) {
                        assertThat(scraped.get(name)).as(expr.asText()).contains(label);
                    }
                }
            }
        }
        assertThat(shown).hasSizeGreaterThan(15);
    }

    static List<Compiled> blocks() throws IOException {
        return JavaBlocks.compiled(List.of(PAGE));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(Compiled block) {
        assertThat(block.errors()).as(block.source()).isEmpty();
    }

    @Test
    void should_list_the_public_types() throws IOException {
        assertThat(ApiPage.listed("io.github.deepthink4j.micrometer"))
                .isNotEmpty()
                .isEqualTo(ApiPage.real("io.github.deepthink4j.micrometer"));
    }
}
