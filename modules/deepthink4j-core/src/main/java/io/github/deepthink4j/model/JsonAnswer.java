package io.github.deepthink4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.model.JsonInText.Found;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that an answer was to be, and nothing else: models wrap it in code fences or in prose all the same, and a host
 * without a real JSON mode more so. What the root of the schema says decides what is taken; where that leaves a doubt, the
 * text stays as it is, so that its reader fails, and does not take a piece for the whole.
 *
 * @param opening  the bracket that the root begins with
 * @param required what an object at the root must have
 */
record JsonAnswer(char opening, Set<String> required) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    JsonAnswer {
        required = Set.copyOf(required);
    }

    /**
     * @param schema JSON Schema as JSON text; {@code null} for JSON mode without one, whose root is an object
     */
    static JsonAnswer of(@Nullable String schema) {
        if (schema == null) {
            return new JsonAnswer('{', Set.of());
        }
        try {
            JsonNode root = MAPPER.readTree(schema);
            Set<String> required = new HashSet<>();
            root.path("required").forEach(name -> required.add(name.asText()));
            return new JsonAnswer(root.path("type").asText().equals("array") ? '[' : '{', required);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the JSON schema is no JSON", e);
        }
    }

    /** The JSON in a text; the text itself if it is JSON already, holds none, or it is not clear which. */
    String in(String text) {
        JsonInText json = JsonInText.of(text.strip());
        if (json.isAll()) {
            return text;
        }
        Found found = choose(json);
        return found == null ? text : json.text().substring(found.start(), found.end());
    }

    private @Nullable Found choose(JsonInText json) {
        if (json.isUnclear()) {
            // What is whole before a cut may be an example, or one line of many.
            return null;
        }
        List<Found> right = json.found().stream()
                .filter(found -> json.text().charAt(found.start()) == opening)
                .toList();
        if (right.size() == 1) {
            Found only = right.get(0);
            // Behind a name, as in "item: {...}", it may be what the root has under that name.
            return only.names().containsAll(required) || json.standsAlone(only) ? only : null;
        }
        if (right.isEmpty()) {
            // A bare list where an object with a list was asked for, or the other way round; no footnote such as [1].
            boolean alone =
                    json.found().size() == 1 && json.standsAlone(json.found().get(0));
            return alone ? json.found().get(0) : null;
        }
        if (required.isEmpty() && json.isListed(right)) {
            // Each is one of many, and none is the whole.
            return null;
        }
        // A draft comes before the answer, which models put into a code fence rather than what they think about.
        List<Found> whole = right.stream()
                .filter(found -> found.names().containsAll(required))
                .toList();
        List<Found> fenced = whole.stream().filter(Found::isFenced).toList();
        List<Found> best = fenced.isEmpty() ? whole : fenced;
        List<Found> noFootnotes =
                best.stream().filter(found -> !json.mayBeFootnote(found)).toList();
        return last(noFootnotes.isEmpty() ? best : noFootnotes);
    }

    private static @Nullable Found last(List<Found> found) {
        return found.isEmpty() ? null : found.get(found.size() - 1);
    }
}
