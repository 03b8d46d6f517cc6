package io.github.deepthink4j.cost;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which server a price list is for: a host name, at the default ports, or a host and a port. */
final class Hosts {

    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[0-9]{1,5})?");

    private Hosts() {}

    static String checked(String host) {
        String name = host.trim().toLowerCase(Locale.ROOT);
        if (!HOST.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a host must be written as api.example.com or api.example.com:8443, but is '" + host + "'");
        }
        return name;
    }

    /** How it is called in {@link #checked} form: the port only where it is not the scheme's own. */
    static String of(URI endpoint) {
        String host = endpoint.getHost() == null ? "" : endpoint.getHost().toLowerCase(Locale.ROOT);
        // The root of all names is rarely written, and means the same.
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int usual = "http".equalsIgnoreCase(endpoint.getScheme()) ? 80 : 443;
        int port = endpoint.getPort();
        return port < 0 || port == usual ? name : name + ":" + port;
    }

    static boolean contain(Collection<String> hosts, URI endpoint) {
        return hosts.contains(of(endpoint));
    }
}
