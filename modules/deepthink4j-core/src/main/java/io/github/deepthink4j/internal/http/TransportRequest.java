package io.github.deepthink4j.internal.http;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.settings.Timeouts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request.
 *
 * @param body    {@code null} for none, or where there is a form; not copied, not to be changed any more
 * @param form    sent in place of a body; {@code null} for none
 * @param secrets what is not to be shown of it, nor of what comes back
 */
public record TransportRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        byte @Nullable [] body,
        @Nullable MultipartForm form,
        Timeouts timeouts,
        Secrets secrets) {

    public TransportRequest {
        requireNonNull(method, "method");
        requireNonNull(uri, "uri");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        requireNonNull(timeouts, "timeouts");
        requireNonNull(secrets, "secrets");
    }

    /** A request without a form. */
    public TransportRequest(
            String method,
            URI uri,
            Map<String, String> headers,
            byte @Nullable [] body,
            Timeouts timeouts,
            Secrets secrets) {
        this(method, uri, headers, body, null, timeouts, secrets);
    }

    /** How many bytes its body has, whichever it is; -1 if it has none. */
    public long bodyLength() {
        if (form != null) {
            return form.length();
        }
        return body == null ? -1 : body.length;
    }

    /** The body as a log may show it, secrets not masked yet: of a form its fields alone. Empty if there is none. */
    public String bodyText() {
        if (form != null) {
            return form.shown();
        }
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
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
