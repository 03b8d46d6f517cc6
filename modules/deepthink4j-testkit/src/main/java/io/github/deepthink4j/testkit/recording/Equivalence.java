package io.github.deepthink4j.testkit.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * When a request is the recorded one. Text that was redacted matches anything, and white space at the ends of texts does not
 * count. Immutable.
 */
public final class Equivalence {

    private final UnaryOperator<JsonNode> canonical;
    private final Set<String> ignored;

    private Equivalence(UnaryOperator<JsonNode> canonical, Set<String> ignored) {
        this.canonical = canonical;
        this.ignored = ignored;
    }

    /**
     * The same conversation: the model, whether it is streamed, whether thinking is switched, the response format, the tool
     * choice, the names of the tools, and of each message the role, the text, the images, the names and arguments of tool
     * calls. Not: the ids of calls, the reasoning that is sent back, the schemas of tools, sampling, limits and the user.
     */
    public static Equivalence sameConversation() {
        return new Equivalence(CanonicalRequest::of, Set.of());
    }

    /** The same JSON, in whatever order its fields are. */
    public static Equivalence sameBody() {
        return new Equivalence(UnaryOperator.identity(), Set.of());
    }

    /** Takes no notice of these fields of the body. */
    public Equivalence ignoring(String... fields) {
        Set<String> more = new LinkedHashSet<>(ignored);
        more.addAll(List.of(fields));
        return new Equivalence(canonical, more);
    }

    /**
     * What is different, in words; empty if nothing is.
     *
     * @param method of the request that came, and so on
     */
    public List<String> differences(RecordedExchange.Request recorded, String method, String path, JsonNode body) {
        List<String> differences = new ArrayList<>();
        if (!recorded.method().equals(method) || !endpoint(recorded.path()).equals(endpoint(path))) {
            differences.add(
                    "recorded is " + recorded.method() + " " + recorded.path() + ", asked was " + method + " " + path);
        }
        JsonNode before = canonical.apply(recorded.body());
        JsonNode now = canonical.apply(body);
        compare("", before, now, differences);
        return differences;
    }

    /** {@code /v1} is another name of the root (docs/protocol.md, section 2.1). */
    private static String endpoint(String path) {
        return path.startsWith("/v1/") ? path.substring(3) : path;
    }

    private void compare(String place, JsonNode recorded, JsonNode asked, List<String> differences) {
        if (recorded.isObject() && asked.isObject()) {
            Set<String> names = new TreeSet<>();
            recorded.fieldNames().forEachRemaining(names::add);
            asked.fieldNames().forEachRemaining(names::add);
            if (place.isEmpty()) {
                names.removeAll(ignored);
            }
            names.forEach(name -> compare(
                    place.isEmpty() ? name : place + "." + name, recorded.path(name), asked.path(name), differences));
        } else if (recorded.isArray() && asked.isArray() && recorded.size() == asked.size()) {
            for (int i = 0; i < recorded.size(); i++) {
                compare(place + "[" + i + "]", recorded.get(i), asked.get(i), differences);
            }
        } else if (!same(recorded, asked)) {
            differences.add(place + ": recorded is " + shown(recorded) + ", asked was " + shown(asked));
        }
    }

    private static boolean same(JsonNode recorded, JsonNode asked) {
        if (!recorded.isTextual()) {
            return recorded.isNumber() && asked.isNumber()
                    ? recorded.decimalValue().compareTo(asked.decimalValue()) == 0
                    : recorded.equals(asked);
        }
        String text = recorded.asText().strip();
        if (text.equals(Redaction.MARK)) {
            return true;
        }
        return asked.isTextual()
                && pattern(text).matcher(asked.asText().strip()).matches();
    }

    private static Pattern pattern(String text) {
        StringBuilder regex = new StringBuilder();
        String[] parts = text.split(Pattern.quote(Redaction.MARK), -1);
        for (int i = 0; i < parts.length; i++) {
            regex.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String shown(JsonNode node) {
        String text =
                node.isMissingNode() ? "nothing" : node.isArray() ? node.size() + " of them: " + node : node.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
