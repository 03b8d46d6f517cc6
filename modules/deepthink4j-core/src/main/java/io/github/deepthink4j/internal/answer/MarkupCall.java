package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tool call written in DeepSeek's markup. */
record MarkupCall(String name, JsonNode arguments) {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Pattern NAME = Pattern.compile("\\s*\\{\\s*\"name\"\\s*:\\s*\"([^\"\\\\]{1,256})\"");
    private static final int LONGEST_BEGINNING = 512;
    private static final Set<String> KEYS = Set.of("name", "arguments", "id", "type");
    private static final String TYPE = "function";
    private static final String FENCE = "```";
    private static final String CDATA = "<![CDATA[";
    private static final String CDATA_END = "]]>";

    /** The arguments that come as parameters. */
    static final class Arguments {

        private final ObjectNode values = MAPPER.createObjectNode();

        void put(MarkupTag parameter, String value) {
            String name = parameter.name();
            if (name == null || values.has(name)) {
                throw new IllegalArgumentException("a parameter has no name of its own");
            }
            String bare = withoutCdata(value);
            if (parameter.isText()) {
                values.put(name, bare);
            } else {
                values.set(name, MarkupCall.json(bare));
            }
        }

        boolean isEmpty() {
            return values.isEmpty();
        }

        JsonNode asJson() {
            return values;
        }
    }

    /**
     * A call of V3.1, whose head is its name and whose body the arguments; or of R1 and V3, whose head is its type, and whose
     * body the name, a line end and the arguments between fences.
     */
    static MarkupCall of(String head, String body) {
        if (!head.strip().equals(TYPE) || body.stripLeading().startsWith("{")) {
            return new MarkupCall(head.strip(), object(withoutFences(body)));
        }
        String rest = body.stripLeading();
        int lineEnd = rest.indexOf('\n');
        if (lineEnd < 0) {
            throw new IllegalArgumentException("it has no arguments");
        }
        return new MarkupCall(rest.substring(0, lineEnd).strip(), object(withoutFences(rest.substring(lineEnd))));
    }

    /** The name at the beginning of a JSON object that may not be whole; empty if it does not begin with one. */
    static String nameAhead(CharSequence text) {
        Matcher name = NAME.matcher(text).region(0, Math.min(text.length(), LONGEST_BEGINNING));
        return name.lookingAt() ? name.group(1) : "";
    }

    /** A call that is one JSON object. */
    static MarkupCall whole(String text) {
        JsonNode call = object(text);
        JsonNode arguments = call.path("arguments");
        if (!call.path("name").isTextual() || !arguments.isObject()) {
            throw new IllegalArgumentException("it has no name, or no arguments");
        }
        for (Iterator<String> keys = call.fieldNames(); keys.hasNext(); ) {
            if (!KEYS.contains(keys.next())) {
                throw new IllegalArgumentException("it holds more than a name and arguments");
            }
        }
        return new MarkupCall(call.path("name").textValue(), arguments);
    }

    /** @throws IllegalArgumentException if it is no JSON object */
    static JsonNode object(String text) {
        JsonNode value = json(text);
        if (!value.isObject()) {
            throw new IllegalArgumentException("the arguments are no object");
        }
        return value;
    }

    /** A call that a host has told as such, to be compared. */
    static MarkupCall asTold(ToolExecutionRequest call) {
        try {
            return new MarkupCall(call.name(), json(call.arguments()));
        } catch (IllegalArgumentException e) {
            return new MarkupCall(call.name(), TextNode.valueOf(call.arguments()));
        }
    }

    private static String withoutFences(String text) {
        String bare = text.strip();
        int lineEnd = bare.indexOf('\n');
        if (!bare.startsWith(FENCE) || lineEnd < 0) {
            return bare;
        }
        return bare.endsWith(FENCE) ? bare.substring(lineEnd, Math.max(lineEnd, bare.length() - FENCE.length())) : bare;
    }

    /** XML's own way to quote a whole value. */
    private static String withoutCdata(String value) {
        String bare = value.strip();
        boolean quoted = bare.startsWith(CDATA) && bare.indexOf(CDATA_END) == bare.length() - CDATA_END.length();
        return quoted ? bare.substring(CDATA.length(), bare.length() - CDATA_END.length()) : value;
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
