package io.github.deepthink4j.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The headers of each request.
 *
 * @param apiKey  {@code null} or blank for a host that wants none
 * @param custom  the user's own; they win, so that a gateway can have its own way of authorization
 */
record RequestHeaders(@Nullable String apiKey, Supplier<Map<String, String>> custom) {

    private static final String USER_AGENT = "deepthink4j";

    Map<String, String> accepting(String mediaType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", mediaType);
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", USER_AGENT);
        if (apiKey != null && !apiKey.isBlank()) {
            headers.put("Authorization", "Bearer " + apiKey.trim());
        }
        custom.get().forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        return headers;
    }

    /** Without any value, since any may be a secret. */
    @Override
    public String toString() {
        return "RequestHeaders[]";
    }
}
