package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.script.ServiceAnswer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Search and fetch: what they refuse, and what they answer by themselves (docs/protocol.md, section 2.12). */
final class WebEndpoints {

    private static final int MOST_CHARACTERS = 128;
    private static final int MOST_RESULTS = 50;
    private static final int LONGEST_URL = 8192;
    private static final Pattern NAMED_HOST = Pattern.compile("(?=[^:]*[\\p{L}\\p{N}])[^\\s:@\\[\\]]+(:\\d{0,5})?");
    private static final int SIMULATED_RESULTS = 3;
    private static final Pattern IP = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private WebEndpoints() {}

    static @Nullable Refusal refusalOfSearch(JsonNode body) {
        if (!body.path("query").isTextual()) {
            return Refusal.invalid("missing field 'query'");
        }
        Refusal text = refusalOfText(body, "query");
        if (text == null && body.hasNonNull("ori_question")) {
            text = refusalOfText(body, "ori_question");
        }
        if (text != null) {
            return text;
        }
        JsonNode count = body.path("count");
        boolean none = count.isMissingNode() || count.isNull();
        if (!none && (!count.isIntegralNumber() || count.asInt() < 1 || count.asInt() > MOST_RESULTS)) {
            return Refusal.invalid("'count' must be between 1 and " + MOST_RESULTS);
        }
        JsonNode localization = body.path("localization");
        return body.hasNonNull("localization")
                        && !IP.matcher(localization.asText("")).matches()
                ? Refusal.invalid("'localization' must be a valid IP address")
                : null;
    }

    private static @Nullable Refusal refusalOfText(JsonNode body, String field) {
        String text = body.path(field).asText("");
        int length = text.codePointCount(0, text.length());
        return text.isBlank() || length > MOST_CHARACTERS
                ? Refusal.invalid("'" + field + "' must be between 1 and " + MOST_CHARACTERS + " characters")
                : null;
    }

    static ServiceAnswer search(JsonNode body) {
        String query = body.path("query").asText();
        int count = Math.min(SIMULATED_RESULTS, body.path("count").asInt(10));
        ServiceAnswer answer = ServiceAnswer.noResults();
        for (int i = 1; i <= count; i++) {
            answer = answer.andResult(
                    "Simulated result " + i,
                    "https://example.com/" + i,
                    "What the simulator says about: " + query + ".");
        }
        return answer;
    }

    static @Nullable Refusal refusalOfFetch(JsonNode body) {
        if (!body.path("url").isTextual()) {
            return Refusal.invalid("missing field 'url'");
        }
        String url = body.path("url").asText();
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && hasHost(uri) && url.length() <= LONGEST_URL) {
                return null;
            }
        } catch (URISyntaxException e) {
            return Refusal.invalid("'url' must be a valid HTTP or HTTPS URL");
        }
        return Refusal.invalid("'url' must be a valid HTTP or HTTPS URL");
    }

    /** And no user info before it; hosts with an underscore or an umlaut are none to Java's URI. */
    private static boolean hasHost(URI uri) {
        String authority = uri.getRawAuthority();
        return authority != null
                && !authority.contains("@")
                && (uri.getHost() != null || NAMED_HOST.matcher(authority).matches());
    }

    static ServiceAnswer fetch(JsonNode body) {
        String url = body.path("url").asText();
        return ServiceAnswer.page("A simulated page", "# A simulated page\n\nIt stands for " + url + ".");
    }

    static JsonNode emptyPage() {
        return JsonNodeFactory.instance.objectNode().put("title", "").put("content", "");
    }
}
