package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code refusal} says: mostly a text, on some hosts an object or a list with one in it. Many have the field in each
 * answer, with whatever stands for nothing in their language.
 *
 * @param words empty if it says that the model has declined, and not how
 */
record Refusal(String words) {

    private static final Set<String> NONE = Set.of("", "false", "null", "none");
    private static final List<String> WORDS =
            List.of("refusal", "message", "text", "content", "reason", "explanation", "details");

    /** {@code null} if nothing was refused. */
    static @Nullable Refusal of(JsonNode said) {
        if (isNothing(said)) {
            return null;
        }
        if (said.isBoolean()) {
            return new Refusal("");
        }
        String words = words(said);
        return new Refusal(words.isBlank() && said.isContainerNode() ? said.toString() : words);
    }

    private static boolean isNothing(JsonNode said) {
        if (said.isContainerNode()) {
            return StreamSupport.stream(said.spliterator(), false).allMatch(Refusal::isNothing);
        }
        // Not stripped: it may be a piece.
        return said.isNumber() || NONE.contains(said.asText().toLowerCase(Locale.ROOT));
    }

    private static String words(JsonNode said) {
        if (said.isTextual()) {
            return said.asText();
        }
        if (said.isArray()) {
            return StreamSupport.stream(said.spliterator(), false)
                    .map(Refusal::words)
                    .collect(Collectors.joining());
        }
        if (!said.isObject()) {
            return "";
        }
        return WORDS.stream()
                .map(name -> words(said.path(name)))
                .filter(words -> !words.isBlank())
                .findFirst()
                .orElse("");
    }
}
