package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import io.github.deepthink4j.internal.value.CarriedFields;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page that an answer rests on, found among the blocks that server tools have left in the message. Their fields were not seen on
 * the wire (docs/protocol.md, section 2.12), so whatever has a web address counts, and title and excerpt are read under the usual names.
 *
 * @param url     as the server has it, {@code http} or {@code https}: what has another scheme, such as {@code javascript}, is no page, nor
 *                is one with a user before its host or marks of direction in it; they stay in the blocks alone. What stands behind it is the server's word and is to be escaped as any text is
 * @param title   {@code null} if there is none; without control characters and what turns the direction of writing, as the excerpt
 * @param excerpt what of the page was found; {@code null} if that is not there
 */
public record Citation(
        String url, @Nullable String title, @Nullable String excerpt) {

    /** Without a user before the host, which looks like a host itself, and without marks that turn the direction of writing. */
    private static final Pattern WEB_ADDRESS = Pattern.compile(
            "(?i)https?://[^\\s\\p{Cntrl}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069/?#@\\\\]+([/?#][^\\s\\p{Cntrl}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]*)?");

    /** What makes a text look like another one: control characters, and what turns the direction of all behind it. */
    private static final Pattern DECEPTIVE =
            Pattern.compile("[\\p{Cntrl}&&[^\\t\\n\\r]]|[\\u202A-\\u202E\\u2066-\\u2069]");

    private static final List<String> URLS = List.of("url", "uri", "link", "source");
    private static final List<String> TITLES = List.of("title", "name");
    private static final List<String> EXCERPTS =
            List.of("snippet", "excerpt", "cited_text", "summary", "text", "content");

    public Citation {
        requireNonNull(url, "url");
    }

    /**
     * In the order in which they stand, each address once. Also of a message that comes from a memory.
     *
     * @return empty if the message rests on none, or its blocks were not kept
     */
    public static List<Citation> in(AiMessage message) {
        return in(List.of(message));
    }

    /**
     * The same of several messages, each address once: those of all rounds of an answer, where the search has happened in one that
     * called a tool of the application too.
     *
     * @return empty if they rest on none
     */
    public static List<Citation> in(List<AiMessage> messages) {
        Map<String, Citation> found = new LinkedHashMap<>();
        for (AiMessage message : messages) {
            JsonNode fields = CarriedFields.of(message.attributes().get(ReasoningDialect.CARRIED_ATTRIBUTE));
            if (fields != null) {
                collect(fields, found);
            }
        }
        return new ArrayList<>(found.values());
    }

    private static void collect(JsonNode node, Map<String, Citation> found) {
        String url = node.isObject() ? url(node) : null;
        if (url != null) {
            found.merge(
                    url, new Citation(url, first(node, TITLES), first(node, EXCERPTS)), (one, other) -> one.or(other));
        }
        node.forEach(inner -> collect(inner, found));
    }

    private Citation or(Citation other) {
        return new Citation(url, title == null ? other.title : title, excerpt == null ? other.excerpt : excerpt);
    }

    private static @Nullable String url(JsonNode node) {
        return texts(node, URLS)
                .map(String::strip)
                .filter(url -> WEB_ADDRESS.matcher(url).matches())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String first(JsonNode node, List<String> names) {
        return texts(node, names)
                .map(text -> DECEPTIVE.matcher(text).replaceAll(""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    private static Stream<String> texts(JsonNode node, List<String> names) {
        return names.stream()
                .map(node::path)
                .filter(value -> value.isTextual() && !value.textValue().isBlank())
                .map(JsonNode::textValue);
    }
}
