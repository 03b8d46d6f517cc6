package io.github.deepthink4j.model;

import io.github.deepthink4j.internal.http.Secrets;
import io.github.deepthink4j.internal.http.TransportRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A request as it goes out, for whoever wants to see it or keep it: see
 * {@link DeepSeekConnectionBuilder#requestListener}. Unlike LangChain4j's {@code ChatRequest}, it tells what the server
 * gets: which reasoning is sent back, which messages were merged, which parameters were left out. Immutable.
 */
public final class SentRequest {

    /** Whatever is shorter would be found in words that have nothing to do with it, and keeps nothing secret. */
    private static final int SHORTEST_SECRET = 8;

    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private final String body;

    private SentRequest(String method, URI uri, Map<String, String> headers, String body) {
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
    }

    static SentRequest of(TransportRequest request) {
        List<String> secrets = request.headers().entrySet().stream()
                .filter(header -> Secrets.isSecretHeader(header.getKey()))
                // The scheme that stands before a key, such as Bearer, is none.
                .flatMap(header -> Stream.of(header.getValue().split("\\s+")))
                .filter(word -> word.length() >= SHORTEST_SECRET)
                .toList();
        Map<String, String> headers = new LinkedHashMap<>();
        request.shownHeaders().forEach((name, value) -> headers.put(name, without(secrets, value)));
        byte[] body = request.body();
        return new SentRequest(
                request.method(),
                request.uri(),
                Collections.unmodifiableMap(headers),
                body == null ? "" : without(secrets, new String(body, StandardCharsets.UTF_8)));
    }

    private static String without(List<String> secrets, String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, Secrets.MASK);
        }
        return masked;
    }

    /** {@code POST}, or {@code GET} where there is no body. */
    public String method() {
        return method;
    }

    /** Where to. */
    public URI uri() {
        return uri;
    }

    /** The headers that we set; {@code ***} in place of values that may be secret. */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The JSON that goes out, byte for byte, but for {@code ***} where the key of this request stands in it. Empty for a
     * request without a body.
     */
    public String body() {
        return body;
    }

    /** Without the body, which may be long. */
    @Override
    public String toString() {
        return method + " " + uri + " " + headers;
    }
}
