package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A content that is no string: a list of parts, as some hosts have it, a single part, or the JSON that was asked for as an
 * object instead of its text.
 */
final class ContentParts {

    private static final Set<String> OF_TEXT = Set.of("type", "text", "index");

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private @Nullable Refusal refusal;
    private final List<JsonNode> more = new ArrayList<>();

    private ContentParts() {}

    static ContentParts of(JsonNode content) {
        ContentParts parts = new ContentParts();
        if (content.isObject() && !content.has("type") && !content.has("text")) {
            parts.text.append(content);
        } else if (content.isObject()) {
            parts.add(content);
        } else {
            content.forEach(parts::add);
        }
        return parts;
    }

    private void add(JsonNode part) {
        String type = part.path("type").asText();
        if (part.isValueNode()) {
            text.append(part.isNull() ? "" : part.asText());
        } else if (type.equals("thinking") || type.equals("reasoning")) {
            // Mistral's: the thought is a list of parts in its turn.
            thinking.append(textOf(part.path(part.has(type) ? type : "text")));
        } else if (type.equals("refusal")) {
            refusal = Refusal.of(part.path(type));
        } else if (part.has("text")) {
            text.append(textOf(part.path("text")));
            if (saysMore(part)) {
                more.add(part);
            }
        } else {
            more.add(part);
        }
    }

    /** Whether a part has something beside its text, such as the pages that it rests on. */
    private static boolean saysMore(JsonNode part) {
        return part.properties().stream()
                .anyMatch(field -> !OF_TEXT.contains(field.getKey())
                        && !field.getValue().isNull()
                        && !(field.getValue().isContainerNode()
                                && field.getValue().isEmpty()));
    }

    private static String textOf(JsonNode value) {
        return value.isTextual() ? value.asText() : of(value).text();
    }

    String text() {
        return text.toString();
    }

    String thinking() {
        return thinking.toString();
    }

    /** What OpenAI has as a part too; {@code null} if there was none. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /** Parts that are neither, such as pictures, and texts that have more to them, such as citations. */
    List<JsonNode> more() {
        return more;
    }
}
