package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.log.SafeLog;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Warns, once for each host, that a key goes over the wire in the clear. */
public final class PlainHttp {

    private static final SafeLog LOG = SafeLog.of(PlainHttp.class);
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private PlainHttp() {}

    public static void warn(TransportRequest request) {
        if (exposesKey(request) && WARNED.add(request.uri().getHost())) {
            LOG.warn(
                    "The API key goes to {} over plain http, where others can read it. Use https.",
                    request.uri().getHost());
        }
    }

    static boolean exposesKey(TransportRequest request) {
        boolean hasKey = request.headers().keySet().stream().anyMatch("authorization"::equalsIgnoreCase);
        return hasKey && "http".equalsIgnoreCase(request.uri().getScheme()) && !isLoopback(request.uri());
    }

    /** By its text alone: looking a name up would block. */
    private static boolean isLoopback(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || (host.startsWith("127.") && host.matches("[0-9.]+"));
    }
}
