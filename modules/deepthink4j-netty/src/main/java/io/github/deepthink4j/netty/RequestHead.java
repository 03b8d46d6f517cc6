package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.TransportRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The first lines of a request. */
final class RequestHead {

    /** They say where a message ends and to whom it goes, which is not for callers to decide; the JDK's client refuses them too. */
    private static final Set<String> OURS =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private RequestHead() {}

    /**
     * @throws IllegalArgumentException if a header has a name or a value that can't be sent as it is; the value is not told
     */
    static byte[] of(TransportRequest request, Route route) {
        URI uri = request.uri();
        StringBuilder head = new StringBuilder(512);
        head.append(request.method()).append(' ');
        if (route.isRelayed()) {
            head.append("http://").append(route.authority());
        }
        String path = uri.getRawPath();
        head.append(path == null || path.isEmpty() ? "/" : path);
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(route.authority()).append("\r\n");
        long length = request.bodyLength();
        if (length >= 0) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        request.headers().forEach((name, value) -> append(head, name, value));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Asks a proxy for a way through. */
    static byte[] connect(Route route) {
        String target = route.host() + ":" + route.port();
        return ("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static void append(StringBuilder head, String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(RequestHead::isToken)) {
            throw new IllegalArgumentException("invalid header name: \"" + name + "\"");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("restricted header name: \"" + name + "\"");
        }
        if (!value.chars().allMatch(RequestHead::isField)) {
            throw new IllegalArgumentException("invalid header value of " + name);
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static boolean isToken(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean isField(int c) {
        return c == '\t' || c >= ' ' && c <= 0xff && c != 0x7f;
    }
}
