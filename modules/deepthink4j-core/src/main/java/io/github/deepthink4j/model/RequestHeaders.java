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

    RequestHeaders {
        if (apiKey != null && !apiKey.isBlank()) {
            sendable(apiKey.strip(), "apiKey");
        }
        sendable(custom.get());
    }

    Map<String, String> accepting(String mediaType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", mediaType);
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", USER_AGENT);
        if (apiKey != null && !apiKey.isBlank()) {
            headers.put("Authorization", "Bearer " + apiKey.strip());
        }
        Map<String, String> own = custom.get();
        sendable(own);
        own.forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        return headers;
    }

    private static void sendable(Map<String, String> headers) {
        headers.forEach((name, value) -> sendable(value, "the header " + name));
    }

    /**
     * A pasted key may hold a line break, a smart quote or a character that nobody sees. The JDK would refuse it too, and show
     * it whole in its message.
     */
    private static void sendable(String value, String name) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c > '~')) {
                throw new IllegalArgumentException(name
                        + " holds a character that can't be sent, such as a line break or"
                        + " an invisible one, at place " + (i + 1) + " of " + value.length() + ": copy it anew");
            }
        }
    }

    /** Without any value, since any may be a secret. */
    @Override
    public String toString() {
        return "RequestHeaders[]";
    }
}
