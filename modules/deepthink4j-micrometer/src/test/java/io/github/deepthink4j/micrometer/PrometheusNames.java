package io.github.deepthink4j.micrometer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of metrics and labels in a dashboard, whatever they begin with, against those of a scrape: its labels by metric. */
final class PrometheusNames {

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern LABEL = Pattern.compile("([\\w.]+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w:$.])([a-zA-Z_:][\\w:.]*)(\\s*\\()?(?:\\s*\\{([^}]*)})?");
    private static final Pattern OPERATOR =
            Pattern.compile("and|or|unless|bool|offset|atan2|inf|nan|start|end", Pattern.CASE_INSENSITIVE);
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*([\\w.]+)\\s*}}");

    private final Map<String, Set<String>> scraped;
    private final Set<String> metrics = new TreeSet<>();
    private final Set<String> faults = new TreeSet<>();

    PrometheusNames(Map<String, Set<String>> scraped) {
        this.scraped = scraped;
    }

    /** Of the text that Prometheus gets. */
    static PrometheusNames of(String scrape) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Matcher sample = Pattern.compile("(?m)^([\\w:]+)(?:\\{([^}]*)})? ").matcher(scrape);
        while (sample.find()) {
            Set<String> keys = labels.computeIfAbsent(sample.group(1), name -> new HashSet<>());
            Matcher label = Pattern.compile("(\\w+)=\"").matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                keys.add(label.group(1));
            }
        }
        return new PrometheusNames(labels);
    }

    /** The metrics that were found. */
    Set<String> metrics() {
        return metrics;
    }

    /** What is asked for and was not scraped. */
    Set<String> faults() {
        return faults;
    }

    /** Panels, annotations and variables, at any depth. */
    PrometheusNames look(JsonNode dashboard) {
        if (dashboard.path("expr").isTextual()) {
            Set<String> found = expression(dashboard.get("expr").asText());
            dashboard.fieldNames().forEachRemaining(field -> shown(field, dashboard.get(field), found));
        } else if (dashboard.path("type").asText().equals("query")) {
            JsonNode query = dashboard.path("query");
            variable(query.isObject() ? query.path("query").asText() : query.asText());
            if (dashboard.hasNonNull("definition")) {
                variable(dashboard.get("definition").asText());
            }
        }
        dashboard.forEach(this::look);
        return this;
    }

    private void shown(String key, JsonNode value, Set<String> found) {
        SHOWN.matcher(value.asText()).results().forEach(label -> has(found, label.group(1)));
        if (key.equals("tagKeys")) {
            labels(found, value.asText());
        }
    }

    private void variable(String query) {
        Matcher call = CALL.matcher(query.strip());
        if (!call.matches()) {
            faults.add(query);
        } else if (call.group(1).equals("query_result")) {
            expression(call.group(2));
        } else if (call.group(1).equals("label_values")) {
            int label = call.group(2).lastIndexOf(',');
            Set<String> found =
                    label < 0 ? scraped.keySet() : expression(call.group(2).substring(0, label));
            String name = call.group(2).substring(label + 1).strip();
            if (found.stream().noneMatch(metric -> labelsOf(metric).contains(name))) {
                faults.add(name);
            }
        } else {
            faults.add(query);
        }
    }

    /** Its metrics. */
    private Set<String> expression(String expression) {
        String bare = RANGE.matcher(TEXT.matcher(expression).replaceAll("\"\"")).replaceAll("");
        List<MatchResult> groupings = GROUPING.matcher(bare).results().toList();
        Set<String> found = new TreeSet<>();
        Matcher name = NAME.matcher(GROUPING.matcher(bare).replaceAll(""));
        while (name.find()) {
            if (name.group(2) == null && !OPERATOR.matcher(name.group(1)).matches()) {
                metric(name.group(1));
                found.add(name.group(1));
                LABEL.matcher(name.group(3) == null ? "" : name.group(3))
                        .results()
                        .forEach(label -> has(Set.of(name.group(1)), label.group(1)));
            }
        }
        groupings.forEach(labels -> labels(found, labels.group(1)));
        if (found.isEmpty()) {
            faults.add(expression);
        }
        return found;
    }

    private void metric(String name) {
        metrics.add(name);
        if (!scraped.containsKey(name)) {
            faults.add(name);
        }
    }

    private void labels(Set<String> found, String list) {
        for (String label : list.split(",")) {
            if (!label.isBlank()) {
                has(found, label.strip());
            }
        }
    }

    private void has(Set<String> found, String label) {
        for (String metric : found) {
            if (!labelsOf(metric).contains(label)) {
                faults.add(metric + " by " + label);
            }
        }
    }

    private Set<String> labelsOf(String metric) {
        return scraped.getOrDefault(metric, Set.of());
    }
}
