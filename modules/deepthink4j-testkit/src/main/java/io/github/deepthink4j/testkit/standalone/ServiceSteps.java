package io.github.deepthink4j.testkit.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.ServiceScript;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The part of a script in YAML that is about requests beside chats: what {@link ServiceScript} can say, under the same names. */
final class ServiceSteps {

    static final Set<String> MATCHES = Set.of("onSearch", "onFetch", "onUpload", "onOcr");
    private static final Set<String> STEPS = Set.of(
            "result",
            "noResults",
            "page",
            "pages",
            "json",
            "error",
            "field",
            "after",
            "keepAlives",
            "headers",
            "fault",
            "nextTime");

    private ServiceSteps() {}

    static void script(DeepSeekSimulator simulator, String service, String place, JsonNode node) {
        JsonNode on = node.path(service);
        TextMatch text = on.isNull() ? TextMatch.anything() : ScriptFile.text(place + "." + service, on);
        ServiceScript script = switch (service) {
            case "onSearch" -> simulator.onSearch(text);
            case "onFetch" -> simulator.onFetch(text);
            case "onUpload" -> simulator.onUpload(text);
            default -> simulator.onOcr(text);
        };
        step(script, place, node);
    }

    private static void step(ServiceScript script, String place, JsonNode node) {
        node.fieldNames().forEachRemaining(name -> {
            if (!STEPS.contains(name) && !MATCHES.contains(name)) {
                throw new IllegalArgumentException(
                        place + "." + name + " is not known; there are " + ScriptFile.sorted(STEPS));
            }
        });
        // Each of these is a whole answer; what else is said is laid over it.
        node.properties()
                .forEach(field -> whole(script, place + "." + field.getKey(), field.getKey(), field.getValue()));
        node.properties()
                .forEach(field -> over(script, place + "." + field.getKey(), field.getKey(), field.getValue()));
        ScriptFile.list(node.path("nextTime"), place + ".nextTime", (inner, at) -> step(script.nextTime(), at, inner));
    }

    private static void whole(ServiceScript script, String place, String name, JsonNode value) {
        switch (name) {
            case "noResults" -> script.noResults();
            case "result" ->
                ScriptFile.list(
                        value,
                        place,
                        (one, at) -> script.result(said(one, "title"), said(one, "url"), said(one, "summary")));
            case "page" -> script.page(said(value, "title"), said(value, "markdown"));
            case "pages" ->
                script.pages(StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .toArray(String[]::new));
            case "json" -> script.json(value.isTextual() ? value.asText() : value.toString());
            case "error" -> script.error(value.path("status").asInt(500), said(value, "message"));
            default -> {}
        }
    }

    private static void over(ServiceScript script, String place, String name, JsonNode value) {
        switch (name) {
            case "field" -> value.properties().forEach(field -> script.field(field.getKey(), field.getValue()));
            case "after" -> script.after(ScriptFile.duration(place, value.asText()));
            case "keepAlives" -> script.keepAlives(value.asInt());
            case "headers" ->
                value.properties()
                        .forEach(header ->
                                script.header(header.getKey(), header.getValue().asText()));
            case "fault" -> script.fault(ScriptFile.constant(Fault.class, value.asText()));
            default -> {}
        }
    }

    private static String said(JsonNode node, String name) {
        return node.path(name).asText("");
    }
}
