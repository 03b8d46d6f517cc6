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

/**
 * A proxy could not be reached, or is of a kind that the JDK's client does not go through: whoever knows the server's name only
 * would look for the fault there.
 */
public final class ProxiedException extends IOException {

    private static final long serialVersionUID = 1;

    private final String proxy;
    private final boolean unused;

    private ProxiedException(Proxy proxy, InetSocketAddress address, Throwable cause) {
        super(cause.getMessage(), OnwardFailure.of(cause));
        this.proxy = address.getHostString() + ":" + address.getPort();
        this.unused = proxy.type() == Proxy.Type.SOCKS;
    }

    /** Whether the server was asked without it, since it is a SOCKS proxy. */
    public boolean isUnused() {
        return unused;
    }

    /** Host and port. */
    public String proxy() {
        return proxy;
    }

    /** The same error, unless it says of a proxy that there was no connection to it. */
    static Throwable of(Throwable thrown, HttpClient client, URI uri) {
        Throwable error = Failures.unwrapped(thrown);
        boolean unconnected = Failures.has(error, ConnectException.class)
                || Failures.has(error, HttpConnectTimeoutException.class)
                || Failures.has(error, UnresolvedAddressException.class)
                || Failures.has(error, UnknownHostException.class);
        ProxySelector selector = client.proxy().orElseGet(ProxySelector::getDefault);
        if (!unconnected || selector == null) {
            return error;
        }
        return selector.select(uri).stream()
                .limit(1)
                .filter(proxy -> proxy.address() instanceof InetSocketAddress)
                .<Throwable>map(proxy -> new ProxiedException(proxy, (InetSocketAddress) proxy.address(), error))
                .findFirst()
                .orElse(error);
    }
}
