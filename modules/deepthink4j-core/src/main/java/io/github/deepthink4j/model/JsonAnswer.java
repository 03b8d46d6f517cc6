package io.github.deepthink4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.model.JsonInText.Found;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that an answer was to be, and nothing else: models wrap it in code fences or in prose all the same, and a host
 * without a real JSON mode more so. What the root of the schema says decides what is taken; where that leaves a doubt, the
 * text stays as it is, so that its reader fails, and does not take a piece for the whole.
 *
 * @param roots what the whole may be; none if it has no bracket, such as a number
 */
record JsonAnswer(List<JsonRoot> roots) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    JsonAnswer {
        roots = List.copyOf(roots);
    }

    /**
     * @param opening  the bracket that the root begins with
     * @param required what an object at the root must have
     */
    JsonAnswer(char opening, Set<String> required) {
        this(List.of(new JsonRoot(opening, required, true)));
    }

    /**
     * @param schema JSON Schema as JSON text; {@code null} for JSON mode without one, whose root is an object
     */
    static JsonAnswer of(@Nullable String schema) {
        if (schema == null) {
            return new JsonAnswer('{', Set.of());
        }
        try {
            return new JsonAnswer(JsonRoot.of(MAPPER.readTree(schema)));
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
        if (json.isUnclear() || roots.isEmpty()) {
            // What is whole before a cut may be an example, or one line of many.
            return null;
        }
        List<Found> right = json.found().stream()
                .filter(found -> opens(json, found) && !isCitation(json, found))
                .toList();
        if (right.size() == 1) {
            Found only = right.get(0);
            // Behind a name, as in "item: {...}", it may be what the root has under that name.
            return fits(json, only) || json.standsAlone(only) ? only : null;
        }
        if (right.isEmpty()) {
            // A bare list where an object with a list was asked for, or the other way round; no footnote such as [1].
            Found only = json.found().size() == 1 ? json.found().get(0) : null;
            return only != null && json.standsAlone(only) && !isNote(json, only) ? only : null;
        }
        if (roots.stream().allMatch(root -> root.required().isEmpty()) && json.isListed(right)) {
            // Each is one of many, and none is the whole.
            return null;
        }
        // A draft comes before the answer, which models put into a code fence rather than what they think about.
        List<Found> whole = right.stream().filter(found -> fits(json, found)).toList();
        List<Found> fenced = whole.stream().filter(Found::isFenced).toList();
        List<Found> best = fenced.isEmpty() ? whole : fenced;
        List<Found> noFootnotes =
                best.stream().filter(found -> !json.mayBeFootnote(found)).toList();
        return last(noFootnotes.isEmpty() ? best : noFootnotes);
    }

    private boolean opens(JsonInText json, Found found) {
        return roots.stream().anyMatch(root -> root.opening() == json.text().charAt(found.start()));
    }

    private boolean fits(JsonInText json, Found found) {
        return roots.stream()
                .anyMatch(root -> root.opening() == json.text().charAt(found.start())
                        && found.names().containsAll(root.required()));
    }

    /** Whether it can only be a footnote within a sentence: numbers, where no list of numbers was asked for. */
    private boolean isCitation(JsonInText json, Found found) {
        return json.mayBeFootnote(found)
                && roots.stream().noneMatch(root -> root.opening() == '[' && root.numbers())
                && json.isCited(found);
    }

    /** The same on a line of its own, such as the number of a source that follows. */
    private boolean isNote(JsonInText json, Found found) {
        return json.mayBeFootnote(found) && !found.isFenced() && roots.stream().noneMatch(JsonRoot::numbers);
    }

    private static @Nullable Found last(List<Found> found) {
        return found.isEmpty() ? null : found.get(found.size() - 1);
    }
}
