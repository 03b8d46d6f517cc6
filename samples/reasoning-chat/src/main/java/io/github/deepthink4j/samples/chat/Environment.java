package io.github.deepthink4j.samples.chat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/** The variables of the environment, of which a blank one counts as not set. */
record Environment(Map<String, String> variables) {

    /** Blank if it is not set. */
    String get(String name) {
        return variables.getOrDefault(name, "").strip();
    }

    String get(String name, String otherwise) {
        return isSet(name) ? get(name) : otherwise;
    }

    boolean isSet(String name) {
        return !get(name).isEmpty();
    }

    /**
     * The address of a server; blank if it is not set.
     *
     * @throws IllegalArgumentException if it is none, in words that name the variable
     */
    String url(String name) {
        String url = get(name);
        if (isSet(name) && !isHttp(url)) {
            throw new IllegalArgumentException(name + " is not the address of a server: " + host(url)
                    + ". It begins with http:// or https://, such as http://127.0.0.1:8000.");
        }
        return url;
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What may be shown of an address that cannot be read: it may hold a password, or a key in its path. */
    private static String host(String url) {
        return url.replaceFirst("(?s)^.*@", "").replaceFirst("(?s)^(\\w+:/+)?([^/?#\\s]*).*", "$1$2");
    }

    /** What may be shown of an address: neither a name and password nor a query, which may hold a key. */
    static String shown(String url) {
        return url.replaceFirst("(?s)[?#].*$", "").replaceFirst("//[^/]*@", "//");
    }
}
