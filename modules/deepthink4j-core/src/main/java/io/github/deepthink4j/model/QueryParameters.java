package io.github.deepthink4j.model;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query of a base url, and what a builder adds to it.
 *
 * @param encoded each as it stands in the url
 */
record QueryParameters(List<String> encoded) {

    /**
     * @param query as it stands in a url, with or without its question mark; {@code null} for none
     */
    static QueryParameters of(@Nullable String query) {
        String text = query == null ? "" : query.startsWith("?") ? query.substring(1) : query;
        return new QueryParameters(Arrays.stream(text.split("&"))
                .filter(parameter -> !parameter.isEmpty())
                .toList());
    }

    /**
     * @throws IllegalArgumentException if one of these has another value already
     */
    QueryParameters and(Map<String, String> more) {
        List<String> all = new ArrayList<>(encoded);
        more.forEach((name, value) -> {
            List<String> namesakes =
                    encoded.stream().filter(one -> name(one).equals(name)).toList();
            if (namesakes.isEmpty()) {
                all.add(encoded(name) + "=" + encoded(value));
            } else if (!namesakes.stream().allMatch(one -> value(one).equals(value))) {
                throw new IllegalArgumentException("customQueryParams has " + name
                        + ", to which the query of baseUrl gives another value: say it in one of the two");
            }
        });
        return new QueryParameters(all);
    }

    /** For the end of a url; empty if there are none. */
    String text() {
        return encoded.isEmpty() ? "" : "?" + String.join("&", encoded);
    }

    private static String name(String parameter) {
        int end = parameter.indexOf('=');
        return decoded(end < 0 ? parameter : parameter.substring(0, end));
    }

    private static String value(String parameter) {
        int end = parameter.indexOf('=');
        return decoded(end < 0 ? "" : parameter.substring(end + 1));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
