package io.github.deepthink4j.samples.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arguments of a call that somebody has written out: as JSON, as {@code name=value}, or as {@code tool(a, b)}. */
final class WrittenArguments {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern COURTESY = Pattern.compile("(?i)[\\s,]+(?:please|thanks|thank you)[\\s.!?]*$");
    private static final Pattern OBJECT = Pattern.compile("(?s)\\{.*}");
    private static final String VALUE = "(\"[^\"]*\"|'[^']*'|“[^”]*”|[^,;，；()）]+?)";
    private static final Pattern ONE = Pattern.compile("\\s*" + VALUE + "\\s*(?:[,，]|$)");

    private WrittenArguments() {}

    /**
     * By their names; empty if none are written out.
     *
     * @param names of the parameters, in order
     */
    static Map<String, JsonNode> in(String asked, String tool, List<String> names) {
        String question = COURTESY.matcher(asked).replaceFirst("");
        Map<String, JsonNode> found = json(question);
        if (found.isEmpty()) {
            found = named(question, names);
        }
        return found.isEmpty() ? listed(question, tool, names) : found;
    }

    private static Map<String, JsonNode> json(String question) {
        Matcher object = OBJECT.matcher(question);
        Map<String, JsonNode> found = new HashMap<>();
        if (object.find()) {
            try {
                MAPPER.readTree(object.group())
                        .properties()
                        .forEach(property -> found.put(property.getKey(), property.getValue()));
            } catch (JsonProcessingException e) {
                // Braces may stand for anything.
            }
        }
        return found;
    }

    private static Map<String, JsonNode> named(String question, List<String> names) {
        Map<String, JsonNode> found = new HashMap<>();
        String next = "(?=\\s*(?:[,;，；()）.?？。]*\\s*$|[,;，；]|(?:\\s+(?:and|和))?\\s+(?:"
                + String.join("|", names.stream().map(Pattern::quote).toList()) + ")\\s*[=＝]))";
        for (String name : names) {
            Matcher value = Pattern.compile("(?i)(?<!\\w)" + Pattern.quote(name) + "\\s*[=＝]\\s*" + VALUE + next)
                    .matcher(question);
            if (value.find()) {
                found.put(name, text(value.group(1)));
            }
        }
        return found;
    }

    private static Map<String, JsonNode> listed(String question, String tool, List<String> names) {
        Map<String, JsonNode> found = new HashMap<>();
        Matcher call = Pattern.compile("(?i)(?<!\\w)" + Pattern.quote(tool) + "\\s*[(（]([^()（）]*)[)）]")
                .matcher(question);
        if (!call.find()) {
            return found;
        }
        List<JsonNode> values = new ArrayList<>();
        Matcher value = ONE.matcher(call.group(1));
        while (value.lookingAt()) {
            values.add(text(value.group(1)));
            value.region(value.end(), call.group(1).length());
        }
        Iterator<String> name = names.iterator();
        // With more of them than it takes, another tool is meant.
        if (values.size() <= names.size()) {
            values.forEach(one -> found.put(name.next(), one));
        }
        return found;
    }

    private static JsonNode text(String written) {
        return TextNode.valueOf(
                written.matches("(?s)\".*\"|'.*'|“.*”") ? written.substring(1, written.length() - 1) : written.strip());
    }
}
