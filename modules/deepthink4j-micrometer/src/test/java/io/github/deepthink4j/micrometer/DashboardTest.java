package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboard asks Prometheus for nothing that no scrape has. */
class DashboardTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static PrometheusNames scraped() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        prometheus.config().meterFilter(DeepSeekObservations.buckets());
        MadeUpCalls.tell(DeepSeekObservations.builder().meters(prometheus).build());
        return PrometheusNames.of(prometheus.scrape());
    }

    private static JsonNode dashboard() throws IOException {
        return JSON.readTree(new File("../../docs/grafana-deepthink4j.json"));
    }

    @Test
    void should_ask_for_metrics_and_labels_that_a_scrape_has() throws IOException {
        // When
        PrometheusNames names = scraped().look(dashboard());

        // Then
        assertThat(names.faults()).isEmpty();
        assertThat(names.metrics()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    sum(deepthink4j_tool_nonsense_total)                           ; deepthink4j_tool_nonsense_total
                    sum(rate(my_own_total{a="b"}[1h])) / 2                         ; my_own_total
                    deepthink4j_client_open_streams + up                           ; up
                    sum by (nobody) (deepthink4j_step_seconds_sum)                 ; deepthink4j_step_seconds_sum by nobody
                    sum(deepthink4j_step_seconds_sum) without (nobody)             ; deepthink4j_step_seconds_sum by nobody
                    rate(deepthink4j_step_seconds_sum{nobody!~"x|y", le="1"}[5m])  ; deepthink4j_step_seconds_sum by nobody
                    vector(1)                                                      ; vector(1)
                    """)
    void should_notice_a_wrong_name_in_a_panel_and_in_an_annotation(String expression, String fault)
            throws IOException {
        // Given
        ObjectNode wrongPanel = dashboard().deepCopy();
        wrongPanel
                .withArray("panels")
                .addObject()
                .withArray("targets")
                .addObject()
                .put("expr", expression);
        ObjectNode wrongAnnotation = dashboard().deepCopy();
        wrongAnnotation.putObject("annotations").withArray("list").addObject().put("expr", expression);

        // Then
        assertThat(scraped().look(wrongPanel).faults()).contains(fault);
        assertThat(scraped().look(wrongAnnotation).faults()).contains(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    label_values(gen_ai_client_nonsense_total, gen_ai_request_model) ; gen_ai_client_nonsense_total
                    label_values(deepthink4j_step_seconds_count, nobody)             ; nobody
                    label_values(deepthink4j_step_seconds_count{nobody="x"}, error_type) ; deepthink4j_step_seconds_count by nobody
                    label_values(nobody)                                             ; nobody
                    query_result(topk(5, my_own_total))                              ; my_own_total
                    metrics(deepthink4j_nonsense)                                    ; metrics(deepthink4j_nonsense)
                    """)
    void should_notice_a_wrong_name_in_a_variable(String query, String fault) throws IOException {
        // Given
        ObjectNode text = dashboard().deepCopy();
        text.withObject("/templating")
                .withArray("list")
                .addObject()
                .put("type", "query")
                .put("query", query);
        ObjectNode object = dashboard().deepCopy();
        object.withObject("/templating")
                .withArray("list")
                .addObject()
                .put("type", "query")
                .putObject("query")
                .put("query", query);

        // Then
        assertThat(scraped().look(text).faults()).contains(fault);
        assertThat(scraped().look(object).faults()).contains(fault);
    }

    @ParameterizedTest
    @CsvSource({"legendFormat, {{nobody}}", "titleFormat, at {{ nobody }}", "tagKeys, nobody"})
    void should_notice_a_wrong_label_in_what_is_shown(String field, String shown) throws IOException {
        // Given
        ObjectNode wrong = dashboard().deepCopy();
        wrong.withArray("panels")
                .addObject()
                .put("expr", "deepthink4j_step_seconds_sum")
                .put(field, shown);

        // Then
        assertThat(scraped().look(wrong).faults()).containsExactly("deepthink4j_step_seconds_sum by nobody");
    }
}
