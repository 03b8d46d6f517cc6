package io.github.deepthink4j.testkit.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.Script;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A script in YAML. What it can say is what {@link Script} can say, under the same names:
 *
 * <pre>{@code
 * generation: V4_1
 * strict: false
 * rules: { WORD_JSON: false }
 * scripts:
 *   - onMessage: { containing: strawberry }
 *     think: Spelled out...
 *     answer: There are 3.
 *   - onMessage: { containing: weather }
 *     callTool: { getWeather: { city: Munich } }
 *     then:
 *       - answer: 20 degrees
 *         every: 50ms
 * }</pre>
 */
final class ScriptFile {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> TOP =
            Set.of("generation", "strict", "rules", "words", "contextLimit", "concurrencyLimit", "scripts");
    private static final Set<String> MATCHES = Set.of("onMessage", "onAnyMessage", "onToolResult");
    private static final Set<String> PLACES =
            Stream.concat(MATCHES.stream(), ServiceSteps.MATCHES.stream()).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> STEPS = Set.of(
            "think",
            "answer",
            "callTool",
            "callTools",
            "error",
            "every",
            "after",
            "pieces",
            "keepAlives",
            "finishReason",
            "refuseAfterwards",
            "field",
            "headers",
            "fault",
            "faultAfter",
            "nextTime",
            "then");

    private final JsonNode root;

    private ScriptFile(JsonNode root) {
        this.root = root;
    }

    /**
     * @throws IllegalArgumentException if it is no script; the message says where and why
     * @throws UncheckedIOException     if it can't be read
     */
    static ScriptFile read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the script " + file.toAbsolutePath(), e);
        }
    }

    /**
     * @throws IllegalArgumentException if it is no script; the message says where and why
     */
    static ScriptFile parse(String yaml) {
        try {
            JsonNode root = YAML.readTree(yaml);
            requireKnown("the script", root, TOP);
            return new ScriptFile(root);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the script is no YAML: " + e.getOriginalMessage(), e);
        }
    }

    /** The generation that it asks for; empty if it asks for none. */
    Optional<Generation> generation() {
        return root.hasNonNull("generation")
                ? Optional.of(Generation.named(root.path("generation").asText()))
                : Optional.empty();
    }

    /** Sets a simulator up. The first script in the file that matches answers. */
    void applyTo(DeepSeekSimulator simulator) {
        if (root.path("strict").asBoolean(false)) {
            simulator.strict();
        }
        root.path("rules")
                .properties()
                .forEach(rule -> simulator.enforcing(
                        constant(Rule.class, rule.getKey()), rule.getValue().asBoolean(true)));
        root.path("words")
                .properties()
                .forEach(rule -> simulator.words(
                        constant(Rule.class, rule.getKey()),
                        rule.getValue().path("status").asInt(400),
                        rule.getValue().path("message").asText("")));
        simulator.contextLimit(root.path("contextLimit").asInt(0));
        simulator.concurrencyLimit(root.path("concurrencyLimit").asInt(0));
        JsonNode scripts = root.path("scripts");
        // In the simulator the latest has precedence.
        for (int i = scripts.size() - 1; i >= 0; i--) {
            script(simulator, "scripts[" + i + "]", scripts.get(i));
        }
    }

    private static void script(DeepSeekSimulator simulator, String place, JsonNode node) {
        Optional<String> service =
                ServiceSteps.MATCHES.stream().filter(node::has).findFirst();
        if (service.isPresent()) {
            ServiceSteps.script(simulator, service.get(), place, node);
            return;
        }
        Script script;
        if (node.has("onMessage")) {
            script = simulator.onMessage(text(place + ".onMessage", node.path("onMessage")));
        } else if (node.has("onToolResult")) {
            script = simulator.onToolResult(text(place + ".onToolResult", node.path("onToolResult")));
        } else if (node.has("onAnyMessage")) {
            script = simulator.onAnyMessage();
        } else {
            throw new IllegalArgumentException(place + " needs one of " + sorted(PLACES));
        }
        if (node.hasNonNull("model")) {
            String model = node.path("model").asText();
            script.when(request -> request.model().equals(model));
        }
        step(script, place, node);
    }

    static TextMatch text(String place, JsonNode node) {
        if (node.isTextual()) {
            return TextMatch.containing(node.asText());
        }
        if (node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            switch (only.getKey()) {
                case "containing":
                    return TextMatch.containing(only.getValue().asText());
                case "equalTo":
                    return TextMatch.equalTo(only.getValue().asText());
                case "matching":
                    return TextMatch.matching(only.getValue().asText());
                default:
                    break;
            }
        }
        throw new IllegalArgumentException(place + " must be a text, or one of containing, equalTo, matching");
    }

    private static void step(Script script, String place, JsonNode node) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            if (!STEPS.contains(name) && !MATCHES.contains(name) && !name.equals("model")) {
                throw new IllegalArgumentException(place + "." + name + " is not known; there are " + sorted(STEPS));
            }
        }
        // An error is a whole answer; what else is said is laid over it.
        if (node.has("error")) {
            JsonNode error = node.path("error");
            script.error(error.path("status").asInt(500), error.path("message").asText(""));
        }
        node.properties().forEach(field -> part(script, place + "." + field.getKey(), field.getValue(), node));
        list(node.path("nextTime"), place + ".nextTime", (inner, at) -> step(script.nextTime(), at, inner));
        list(node.path("then"), place + ".then", (inner, at) -> step(script.then(), at, inner));
    }

    private static void part(Script script, String place, JsonNode value, JsonNode step) {
        switch (place.substring(place.lastIndexOf('.') + 1)) {
            case "think" -> script.think(value.asText());
            case "answer" -> script.answer(value.asText());
            case "callTool" -> value.properties().forEach(call -> call(script, call.getKey(), call.getValue()));
            case "callTools" ->
                value.forEach(one -> one.properties().forEach(call -> call(script, call.getKey(), call.getValue())));
            case "every" -> script.every(duration(place, value.asText()));
            case "after" -> script.after(duration(place, value.asText()));
            case "pieces" -> script.pieces(value.asInt());
            case "keepAlives" -> script.keepAlives(value.asInt());
            case "finishReason" -> script.finishReason(value.asText());
            case "refuseAfterwards" -> {
                if (value.asBoolean(true)) {
                    script.refuseAfterwards();
                }
            }
            case "field" -> value.properties().forEach(field -> script.field(field.getKey(), field.getValue()));
            case "headers" ->
                value.properties()
                        .forEach(header ->
                                script.header(header.getKey(), header.getValue().asText()));
            case "fault" ->
                script.fault(
                        constant(Fault.class, value.asText()),
                        step.path("faultAfter").asInt(-1));
            default -> {}
        }
    }

    private static void call(Script script, String tool, JsonNode arguments) {
        script.callTool(tool, arguments.isTextual() ? arguments.asText() : arguments.toString());
    }

    interface Inner {

        void read(JsonNode node, String place);
    }

    static void list(JsonNode node, String place, Inner inner) {
        if (node.isObject()) {
            inner.read(node, place);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                inner.read(node.get(i), place + "[" + i + "]");
            }
        }
    }

    static Duration duration(String place, String text) {
        String folded = text.strip().toLowerCase(Locale.ROOT);
        try {
            return folded.endsWith("ms")
                    ? Duration.ofMillis(Long.parseLong(
                            folded.substring(0, folded.length() - 2).strip()))
                    : Duration.parse("PT" + folded);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(place + " must be a time such as 50ms, 2s or 1m30s: " + text, e);
        }
    }

    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        String folded = name.strip().toUpperCase(Locale.ROOT).replaceAll("[ -]", "_");
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(folded))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + type.getSimpleName() + " \"" + name
                        + "\"; there are " + Arrays.toString(type.getEnumConstants())));
    }

    private static void requireKnown(String place, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(place + " must have some of " + sorted(known));
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(name + " is not known; there are " + sorted(known));
            }
        });
    }

    static Object sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
