package io.github.deepthink4j.internal.http;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.settings.Timeouts;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request.
 *
 * @param body    {@code null} for none; not copied, not to be changed any more
 * @param secrets what is not to be shown of it, nor of what comes back
 */
public record TransportRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        byte @Nullable [] body,
        Timeouts timeouts,
        Secrets secrets) {

    public TransportRequest {
        requireNonNull(method, "method");
        requireNonNull(uri, "uri");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        requireNonNull(timeouts, "timeouts");
        requireNonNull(secrets, "secrets");
    }

    /** The headers with secrets masked. */
    public Map<String, String> shownHeaders() {
        Map<String, String> shown = new LinkedHashMap<>();
        headers.forEach((name, value) -> shown.put(name, secrets.header(name, value)));
        return shown;
    }

    /** Without the body, and with secrets masked. */
    @Override
    public String toString() {
        return method + " " + secrets.masked(uri) + " " + shownHeaders();
    }
}
