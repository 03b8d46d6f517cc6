package io.github.deepthink4j.netty;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads; those of the same route serve each other's requests.
 *
 * @param host  as in a URI: an IPv6 address has brackets
 * @param proxy {@code null} for none
 */
record Route(
        boolean secure, String host, int port, @Nullable InetSocketAddress proxy) {

    /**
     * @throws IllegalArgumentException if it leads nowhere
     */
    static Route to(URI uri, ProxySelector proxies) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        if (!secure && !"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("neither http nor https, or without a host");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new Route(secure, uri.getHost(), port, proxy(proxies.select(uri)));
    }

    /** The first, as with the JDK's client, which knows proxies for HTTP alone. */
    private static @Nullable InetSocketAddress proxy(@Nullable List<Proxy> proxies) {
        return proxies != null
                        && !proxies.isEmpty()
                        && proxies.get(0).type() == Proxy.Type.HTTP
                        && proxies.get(0).address() instanceof InetSocketAddress address
                ? address
                : null;
    }

    /** Whether the proxy only passes bytes on. */
    boolean isTunnelled() {
        return secure && proxy != null;
    }

    /** Whether the proxy reads the requests. */
    boolean isRelayed() {
        return !secure && proxy != null;
    }

    /** For a look-up, and for the certificate. */
    String plainHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** For the {@code Host} header. */
    String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }
}
