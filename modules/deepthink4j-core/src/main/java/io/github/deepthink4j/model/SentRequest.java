package io.github.deepthink4j.model;

import io.github.deepthink4j.internal.http.TransportRequest;
import java.net.URI;
import java.util.Collections;
import java.util.Map;

/**
 * A request as it goes out, for whoever wants to see it or keep it: see
 * {@link DeepSeekConnectionBuilder#requestListener}. Unlike LangChain4j's {@code ChatRequest}, it tells what the server
 * gets: which reasoning is sent back, which messages were merged, which parameters were left out. Immutable.
 */
public final class SentRequest {

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
        return new SentRequest(
                request.method(),
                request.secrets().masked(request.uri()),
                Collections.unmodifiableMap(request.shownHeaders()),
                request.secrets().own(request.bodyText()));
    }

    /** {@code POST}, or {@code GET} where there is no body. */
    public String method() {
        return method;
    }

    /** Where to; {@code ***} in place of what is secret in it. */
    public URI uri() {
        return uri;
    }

    /** The headers that we set; {@code ***} in place of values that may be secret. */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The JSON that goes out, byte for byte, but for {@code ***} where the key of this request stands in it. Empty for a
     * request without a body; of a form with a file a line with its fields, and the name and size of the file.
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
