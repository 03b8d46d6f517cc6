package io.github.deepthink4j.testkit.internal.shape;

import static io.github.deepthink4j.testkit.internal.shape.Shape.anyOf;
import static io.github.deepthink4j.testkit.internal.shape.Shape.anything;
import static io.github.deepthink4j.testkit.internal.shape.Shape.bool;
import static io.github.deepthink4j.testkit.internal.shape.Shape.count;
import static io.github.deepthink4j.testkit.internal.shape.Shape.decimal;
import static io.github.deepthink4j.testkit.internal.shape.Shape.listOf;
import static io.github.deepthink4j.testkit.internal.shape.Shape.oneOf;
import static io.github.deepthink4j.testkit.internal.shape.Shape.struct;
import static io.github.deepthink4j.testkit.internal.shape.Shape.text;

import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import java.util.HashMap;
import java.util.Map;

/**
 * The fields of a chat request and their kinds (docs/protocol.md, sections 2.2 and 12). Names of types were seen for
 * {@code tool_choice} and for parts of a content; the others are likely.
 */
final class ChatShape {

    private static final Shape FUNCTION = struct(
            "FunctionObject",
            Map.of("name", text()),
            Map.of("description", text(), "parameters", anything(), "strict", bool()));
    private static final Shape NAMED_CHOICE = struct(
            "ChatCompletionNamedToolChoice",
            Map.of("type", oneOf("function"), "function", struct("FunctionName", Map.of("name", text()), Map.of())),
            Map.of());
    private static final Shape CHOICE =
            anyOf("ChatCompletionToolChoiceOption", oneOf("none", "auto", "required"), NAMED_CHOICE);

    private ChatShape() {}

    static Shape of(Generation generation, Shape message) {
        Map<String, Shape> optional = new HashMap<>(Map.ofEntries(
                Map.entry("frequency_penalty", decimal()),
                Map.entry("presence_penalty", decimal()),
                Map.entry("temperature", decimal()),
                Map.entry("top_p", decimal()),
                Map.entry("max_tokens", count()),
                Map.entry("n", count()),
                Map.entry("logprobs", bool()),
                Map.entry("top_logprobs", count()),
                Map.entry("stream", bool()),
                Map.entry("stream_options", struct("StreamOptions", Map.of(), Map.of("include_usage", bool()))),
                Map.entry("stop", anyOf("Stop", text(), listOf(text()))),
                Map.entry("response_format", struct("ResponseFormat", Map.of("type", formats()), Map.of())),
                Map.entry("tools", listOf(tool(generation))),
                Map.entry("tool_choice", CHOICE)));
        if (!generation.isBefore(Generation.V3_2)) {
            optional.put("thinking", thinking());
        }
        if (!generation.isBefore(Generation.V4)) {
            optional.put("reasoning_effort", efforts());
            optional.put("user_id", text());
        }
        if (generation == Generation.V4_1) {
            optional.put("safety_check", struct("SafetyCheck", Map.of(), Map.of("level", oneOf("low", "high"))));
        }
        return struct("ChatCompletionRequest", Map.of("model", text(), "messages", listOf(message)), optional);
    }

    /** The server knows {@code json_schema} and refuses it by a rule. */
    private static Shape formats() {
        return oneOf("text", "json_object", "json_schema");
    }

    /** What the generation maps to another is taken; what no generation knows is refused. */
    private static Shape efforts() {
        return oneOf("none", "minimal", "low", "medium", "high", "xhigh", "ultra", "max");
    }

    private static Shape tool(Generation generation) {
        String[] kinds = generation == Generation.V4_1
                ? new String[] {"function", "deepseek_web_search", "deepseek_read_url"}
                : new String[] {"function"};
        return (path, value, complaints) -> {
            Located type = value.fields().get("type");
            // Whether a tool without a type passes was not seen: it does here.
            boolean function = type == null || type.json().asText().equals("function");
            struct(
                            "ChatCompletionTool",
                            function ? Map.of("function", FUNCTION) : Map.of(),
                            Map.of("type", oneOf(kinds)))
                    .check(path, value, complaints);
        };
    }

    private static Shape thinking() {
        Shape switches = struct("ThinkingOptions", Map.of(), Map.of("type", oneOf("enabled", "disabled")));
        return (path, value, complaints) -> {
            if (value.json().isObject()) {
                switches.check(path, value, complaints);
            } else {
                switches.check(
                        path,
                        value,
                        (rule, inner, words, place) -> complaints.add(Rule.THINKING_IS_OBJECT, inner, words, place));
            }
        };
    }
}
