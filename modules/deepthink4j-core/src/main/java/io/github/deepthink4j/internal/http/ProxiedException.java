package io.github.deepthink4j.internal.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proxy could not be reached, has let nobody through, or is of a kind that the JDK's client does not go through: whoever knows the
 * server's name only would look for the fault there.
 */
public final class ProxiedException extends IOException {

    private static final long serialVersionUID = 1;

    /** The JDK's own words, which are Netty's transport's too. */
    private static final Pattern REFUSED = Pattern.compile("Tunnel failed, got: (\\d{3})");

    private final String proxy;
    private final boolean unused;
    private final int status;

    private ProxiedException(InetSocketAddress address, boolean unused, Throwable cause) {
        super(cause.getMessage(), cause);
        this.proxy = address.getHostString() + ":" + address.getPort();
        this.unused = unused;
        this.status = status(cause);
    }

    private static int status(Throwable cause) {
        Matcher refused = REFUSED.matcher(String.valueOf(cause.getMessage()));
        return refused.find() ? Integer.parseInt(refused.group(1)) : 0;
    }

    /** What a proxy has answered that was to make a tunnel, and has not. */
    public static IOException refused(int status) {
        return new IOException("Tunnel failed, got: " + status);
    }

    /** Whether the server was asked without it, since it is a SOCKS proxy. */
    public boolean isUnused() {
        return unused;
    }

    /** Host and port. */
    public String proxy() {
        return proxy;
    }

    /** With which status it has refused to let the request through; 0 if it has not. */
    public int status() {
        return status;
    }

    /** What has happened on the way through it. */
    public @Nullable Throwable shownCause() {
        Throwable cause = getCause();
        return cause == null ? null : OnwardFailure.of(cause);
    }

    /** The same error, with the proxy's name to it where the request went through one. Before there was a response. */
    static Throwable of(Throwable thrown, HttpClient client, URI uri) {
        Throwable error = Failures.unwrapped(thrown);
        Proxy first = first(client.proxy().orElseGet(ProxySelector::getDefault), uri);
        if (first == null || !(first.address() instanceof InetSocketAddress address)) {
            return error;
        }
        if (first.type() == Proxy.Type.SOCKS) {
            return isUnconnected(error) ? new ProxiedException(address, true, error) : error;
        }
        return through(address, error);
    }

    /** An error on the way through a proxy. */
    public static Throwable through(InetSocketAddress proxy, Throwable error) {
        String unusable = unusable(proxy);
        if (unusable != null) {
            // The JDK says the address back, with the password that may be in it.
            return new IllegalArgumentException(unusable);
        }
        return error instanceof IOException || isUnconnected(error) ? new ProxiedException(proxy, false, error) : error;
    }

    private static boolean isUnconnected(Throwable error) {
        return Failures.has(error, ConnectException.class)
                || Failures.has(error, HttpConnectTimeoutException.class)
                || Failures.has(error, UnresolvedAddressException.class)
                || Failures.has(error, UnknownHostException.class);
    }

    private static @Nullable Proxy first(@Nullable ProxySelector selector, URI uri) {
        if (selector == null) {
            return null;
        }
        try {
            List<Proxy> proxies = selector.select(uri);
            return proxies == null || proxies.isEmpty() ? null : proxies.get(0);
        } catch (Throwable e) {
            // Whoever asks it for a request is told; here it is of no weight.
            return null;
        }
    }

    /**
     * What is wrong with the proxy that the selector names, without saying it; {@code null} if it can be used, or names none.
     */
    public static @Nullable String unusable(ProxySelector selector, URI uri) {
        Proxy first = first(selector, uri);
        return first != null && first.address() instanceof InetSocketAddress address ? unusable(address) : null;
    }

    private static @Nullable String unusable(InetSocketAddress proxy) {
        String host = proxy.getHostString();
        boolean isHost = host.chars().noneMatch(c -> c == '@' || c == '/' || c == '\\' || c <= ' ')
                && (host.indexOf(':') < 0 || host.indexOf(':') != host.lastIndexOf(':'));
        return isHost
                ? null
                : "the proxy's host must be a name or an address alone, without a scheme, a user, a password, a port or a path."
                        + " A password is not sent to a proxy; it is not shown here either";
    }
}
