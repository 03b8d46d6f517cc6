package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.ApiPage;
import io.github.deepthink4j.docs.JavaBlocks;
import io.github.deepthink4j.docs.JavaBlocks.Compiled;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** docs/observability.md says what is really emitted, all of it, and nothing else. */
class ObservabilityPageTest {

    private static final Path PAGE = Path.of("../../docs/observability.md");
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
