package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A content that is no string: a list of parts, as some hosts have it, a single part, or the JSON that was asked for as an
 * object instead of its text.
 */
final class ContentParts {

    private static final Set<String> OF_TEXT = Set.of("type", "text", "index", "value");

    /**
     * What a host has beside the words, and nobody is to read: a thought in cipher, its signature, numbers of sources, what the
     * server's own tools did.
     */
    private static final List<String> WORDLESS =
            List.of("encrypted", "redacted", "signature", "reference", "web_search", "read_url", "server_tool");

    private static final List<String> WORDS = List.of("text", "thinking", "reasoning", "summary", "content", "value");

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private @Nullable Refusal refusal;
    private final List<JsonNode> more = new ArrayList<>();

    private ContentParts() {}

    /**
     * @throws IOException if a part can't be read, and the answer would have a hole
     */
    static ContentParts of(JsonNode content) throws IOException {
        ContentParts parts = new ContentParts();
        if (content.isObject() && !content.has("type") && !content.has("text")) {
            parts.text.append(content);
        } else if (content.isObject()) {
            parts.add(content);
        } else {
            for (JsonNode part : content) {
                parts.add(part);
            }
        }
        return parts;
    }

    /**
     * The words of a thought, or of one part, that is no plain text: OpenRouter's list of details, or an object around it.
     *
     * @throws IOException if it has none, and is neither empty nor of a kind that has none
     */
    static String words(JsonNode value) throws IOException {
        if (value.isArray()) {
            StringBuilder all = new StringBuilder();
            for (JsonNode one : value) {
                if (one.isArray() && !one.isEmpty()) {
                    throw new IOException("a list of texts has a list in it");
                }
                all.append(words(one));
            }
            return all.toString();
        }
        if (!value.isObject()) {
            return value.isNull() ? "" : value.asText();
        }
        for (String name : WORDS) {
            if (value.has(name)) {
                return words(value.path(name));
            }
        }
        if (!value.isEmpty() && !isWordless(value)) {
            throw new IOException("what should be a text is an object without one");
        }
        return "";
    }

    private void add(JsonNode part) throws IOException {
        String type = part.path("type").asText();
        if (part.isValueNode()) {
            text.append(part.isNull() ? "" : part.asText());
        } else if (part.isArray() && !part.isEmpty()) {
            throw new IOException("a part of the content is a list");
        } else if (type.equals("thinking") || type.equals("reasoning")) {
            // Mistral's: the thought is a list of parts in its turn.
            thinking.append(words(part.path(part.has(type) ? type : "text")));
        } else if (type.equals("refusal")) {
            refusal = Refusal.of(part.path(type));
        } else if (part.has("text")) {
            text.append(words(part.path("text")));
            if (saysMore(part) || (part.path("text").isObject() && saysMore(part.path("text")))) {
                more.add(part);
            }
        } else if (!part.isEmpty()) {
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

    /** Whether an answer without this one of {@link #more()} has a hole where it stood: a picture, or what nobody here knows. */
    static boolean leavesHole(JsonNode part) {
        boolean isText = part.hasNonNull("text")
                && (!part.path("text").asText("x").isEmpty()
                        || part.path("type").asText("").contains("text"));
        return !isText && !isWordless(part);
    }

    private static boolean isWordless(JsonNode part) {
        String type = part.path("type").asText("");
        return WORDLESS.stream().anyMatch(word -> type.contains(word) || (type.isEmpty() && part.has(word)));
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
