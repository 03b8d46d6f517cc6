package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.http.Secrets;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The headers of each request, and which secrets are in them. */
final class RequestHeaders {

    private static final String USER_AGENT = "deepthink4j";

    private final @Nullable String apiKey;
    private final Supplier<Map<String, String>> custom;

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    /** Those of the request before, which mostly are the same. */
    private final AtomicReference<@Nullable Secrets> secrets = new AtomicReference<>();

    /**
     * @param apiKey {@code null} or blank for a host that wants none
     * @param custom the user's own; they win, so that a gateway can have its own way of authorization
     */
    RequestHeaders(@Nullable String apiKey, Supplier<Map<String, String>> custom) {
        String trimmed = apiKey == null ? "" : PastedText.trimmed(apiKey);
        if (!trimmed.isEmpty()) {
            PastedText.checkKey(trimmed);
        }
        this.apiKey = trimmed.isEmpty() ? null : trimmed;
        this.custom = custom;
    }

    /** Refuses what can't be sent now, where the user's own are the same for each request. */
    void check() {
        custom();
    }

    Map<String, String> accepting(String mediaType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", mediaType);
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", USER_AGENT);
        if (apiKey != null) {
            headers.put("Authorization", "Bearer " + apiKey);
        }
        custom().forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        return headers;
    }

    Secrets secrets(URI uri, Map<String, String> headers) {
        return secrets.updateAndGet(before -> Secrets.of(uri, headers, before));
    }

    private Map<String, String> custom() {
        Map<String, String> headers = new LinkedHashMap<>();
        requireNonNull(custom.get(), "customHeaders has given null").forEach((name, value) -> {
            if (name == null) {
                throw new IllegalArgumentException("customHeaders has a header without a name (null): leave it out");
            }
            PastedText.checkHeaderName(name);
            checkOwner(name);
            if (value == null) {
                throw new IllegalArgumentException(
                        "The header " + name + " of customHeaders has no value (null): leave it out, or give it one");
            }
            String trimmed = PastedText.trimmed(value);
            PastedText.checkHeader(name, trimmed);
            headers.put(name, trimmed);
        });
        return headers;
    }

    /** Those that belong to the connection: the JDK's client refuses them with each request, and others would send two. */
    private static void checkOwner(String name) {
        if (OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "The header " + name
                            + " belongs to the connection and is set by the HTTP client. Take it out of customHeaders; for another host, set baseUrl.");
        }
    }

    /** Without any value, since any may be a secret. */
    @Override
    public String toString() {
        return "RequestHeaders[]";
    }
}
