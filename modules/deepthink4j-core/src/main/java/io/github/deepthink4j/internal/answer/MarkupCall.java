package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tool call written in DeepSeek's markup. */
record MarkupCall(String name, String argumentsJson) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MARK = ToolCallMarkup.MARK;
    private static final Pattern INVOKE =
            Pattern.compile("\\s*<" + MARK + "invoke name=\"([^\"]+)\">(.*?)</" + MARK + "invoke>\\s*", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile(
            "\\s*<" + MARK + "parameter name=\"([^\"]+)\"(?: string=\"(true|false)\")?>(.*?)</" + MARK
                    + "parameter>\\s*",
            Pattern.DOTALL);

    /**
     * @param block with its opening and closing tag
     * @throws IllegalArgumentException if anything in it is not as it should be: half a call must not be executed
     */
    static List<MarkupCall> parse(String block) {
        String inner = block.substring(block.indexOf('>') + 1, block.lastIndexOf("</"));
        List<MarkupCall> calls = new ArrayList<>();
        Matcher invoke = INVOKE.matcher(inner);
        int position = 0;
        while (position < inner.length()) {
            if (!invoke.region(position, inner.length()).lookingAt()) {
                throw new IllegalArgumentException("something stands between the calls");
            }
            calls.add(new MarkupCall(invoke.group(1), arguments(invoke.group(2))));
            position = invoke.end();
        }
        return calls;
    }

    private static String arguments(String parameters) {
        ObjectNode arguments = MAPPER.createObjectNode();
        if (parameters.strip().startsWith("{")) {
            // The other form: the arguments as one JSON object.
            return json(parameters.strip()).toString();
        }
        String all = parameters.stripTrailing();
        Matcher parameter = PARAMETER.matcher(all);
        int position = 0;
        while (position < all.length()) {
            if (!parameter.region(position, all.length()).lookingAt()) {
                throw new IllegalArgumentException("something stands between the parameters");
            }
            String value = parameter.group(3);
            if ("false".equals(parameter.group(2))) {
                arguments.set(parameter.group(1), json(value));
            } else {
                arguments.put(parameter.group(1), value);
            }
            position = parameter.end();
        }
        return arguments.toString();
    }

    private static JsonNode json(String text) {
        try {
            JsonNode value = MAPPER.readTree(text);
            if (value == null || value.isMissingNode()) {
                throw new IllegalArgumentException("a value is missing");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value is no JSON", e);
        }
    }
}
