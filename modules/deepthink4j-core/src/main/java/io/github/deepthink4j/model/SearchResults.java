package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.web.search.WebSearchInformationResult;
import dev.langchain4j.web.search.WebSearchOrganicResult;
import dev.langchain4j.web.search.WebSearchResults;
import io.github.deepthink4j.internal.value.Blank;
import io.github.deepthink4j.price.Cost;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a search has found (docs/protocol.md, section 2.12). */
final class SearchResults {

    private static final Set<String> OWN_PLACE = Set.of("title", "url", "snippet", "content");

    private static final String NOT_IN_URLS = "\"<>\\^`{|}[]";
    private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");

    /** Eight times what browsers and servers agree on. */
    private static final int LONGEST_URL = 64 * 1024;

    /** How many more results than were asked for are a server's own way; with more it has not understood the question. */
    private static final int MOST_UNASKED = 50;

    private SearchResults() {}

    /**
     * @param asked how many results were asked for
     * @param price what so many billed searches cost; {@code null} where there is no price list
     */
    static WebSearchResults read(JsonNode answer, int asked, IntFunction<@Nullable Cost> price)
            throws JsonEndpoint.NotAnAnswer {
        JsonNode list = answer.isArray() ? answer : SideEndpoints.required(answer, "results");
        if (!list.isArray()) {
            throw new JsonEndpoint.NotAnAnswer("its results are no list");
        }
        if (list.size() > asked + MOST_UNASKED) {
            throw new JsonEndpoint.NotAnAnswer("it has " + list.size() + " results, and " + asked + " were asked for");
        }
        List<WebSearchOrganicResult> results = new ArrayList<>();
        for (JsonNode result : list) {
            results.add(result(result));
        }
        int billed = results.isEmpty() ? 0 : 1;
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("billedCalls", billed);
        Cost cost = price.apply(billed);
        if (cost != null) {
            metadata.put("cost", cost);
        }
        return WebSearchResults.from(metadata, WebSearchInformationResult.from((long) results.size()), results);
    }

    private static WebSearchOrganicResult result(JsonNode result) throws JsonEndpoint.NotAnAnswer {
        JsonNode address = SideEndpoints.required(result, "url");
        if (!address.isTextual()
                || Blank.is(address.asText())
                || address.asText().length() > LONGEST_URL) {
            throw new JsonEndpoint.NotAnAnswer("it holds a url that is none");
        }
        String url = address.asText();
        String title = text(result, "title");
        String content = text(result, "content");
        return WebSearchOrganicResult.from(
                title == null ? url : title,
                uri(url),
                text(result, "snippet"),
                content == null ? text(result, "summary") : content,
                metadata(result));
    }

    private static Map<String, String> metadata(JsonNode result) {
        Map<String, String> metadata = new LinkedHashMap<>();
        result.properties().forEach(field -> {
            JsonNode value = field.getValue();
            String text = value.isValueNode() ? value.asText() : value.toString();
            if (!OWN_PLACE.contains(field.getKey()) && !value.isNull() && !text.isBlank()) {
                metadata.put(field.getKey(), text);
            }
        });
        return metadata;
    }

    /** LangChain4j wants no blank text. */
    private static @Nullable String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        return node.path(field).isNull() || text.isBlank() ? null : text;
    }

    /** The web has addresses that are none to Java: what it does not take is escaped. */
    private static URI uri(String url) throws JsonEndpoint.NotAnAnswer {
        try {
            return new URI(url.trim());
        } catch (URISyntaxException first) {
            try {
                return new URI(escaped(url.trim()));
            } catch (URISyntaxException e) {
                throw new JsonEndpoint.NotAnAnswer("it holds a url that is none");
            }
        }
    }

    private static String escaped(String url) {
        boolean hasEscapes = !BARE_PERCENT.matcher(url).find();
        StringBuilder escaped = new StringBuilder();
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b == '%' ? hasEscapes : b > ' ' && b < 0x7f && NOT_IN_URLS.indexOf(b) < 0;
            if (plain) {
                escaped.append((char) b);
            } else {
                escaped.append(String.format("%%%02X", b));
            }
        }
        return escaped.toString();
    }
}
