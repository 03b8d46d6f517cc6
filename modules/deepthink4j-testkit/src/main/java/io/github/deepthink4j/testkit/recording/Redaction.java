package io.github.deepthink4j.testkit.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is kept out of recordings: fields by name, and text by pattern. {@value #MARK} stands in its place; on replay it
 * matches anything. Immutable.
 */
public final class Redaction {

    /** What stands in the place of what was taken out. */
    public static final String MARK = "***";

    private static final Redaction NONE = new Redaction(Set.of(), List.of());

    private final Set<String> fields;
    private final List<Pattern> patterns;

    private Redaction(Set<String> fields, List<Pattern> patterns) {
        this.fields = fields;
        this.patterns = patterns;
    }

    /** Takes nothing out. (The API key is never in a recording, whatever the rules are.) */
    public static Redaction none() {
        return NONE;
    }

    /** Takes out the values of fields of this name, wherever they are. */
    public Redaction field(String name) {
        Set<String> more = new LinkedHashSet<>(fields);
        more.add(name);
        return new Redaction(more, patterns);
    }

    /**
     * Takes out text that matches. The pieces of a stream are looked at together, so that a match may run over several.
     *
     * @param regex as of {@link Pattern}; must not match the empty text
     */
    public Redaction text(String regex) {
        Pattern pattern = Pattern.compile(regex);
        if (pattern.matcher("").find()) {
            throw new IllegalArgumentException("this pattern matches the empty text: " + regex);
        }
        return new Redaction(
                fields, Stream.concat(patterns.stream(), Stream.of(pattern)).toList());
    }

    /** Takes out this text, such as a key. */
    public Redaction literal(String secret) {
        return secret.isEmpty() ? this : text(Pattern.quote(secret));
    }

    List<Pattern> patterns() {
        return patterns;
    }

    boolean hides(String field) {
        return fields.contains(field);
    }

    /** The text without what is to be taken out. */
    public String apply(String text) {
        String redacted = text;
        for (Pattern pattern : patterns) {
            redacted = pattern.matcher(redacted).replaceAll(MARK);
        }
        return redacted;
    }

    /** A copy of the JSON without what is to be taken out. */
    public JsonNode apply(JsonNode json) {
        if (json.isTextual()) {
            return TextNode.valueOf(apply(json.asText()));
        }
        if (json.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            json.forEach(element -> copy.add(apply(element)));
            return copy;
        }
        if (json.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            json.properties()
                    .forEach(field -> copy.set(
                            field.getKey(),
                            hides(field.getKey()) && !field.getValue().isNull()
                                    ? TextNode.valueOf(MARK)
                                    : apply(field.getValue())));
            return copy;
        }
        return json;
    }

    /** The text of an event stream without what is to be taken out. */
    public String applyToStream(String events) {
        return new StreamRedaction(this).apply(events);
    }
}
