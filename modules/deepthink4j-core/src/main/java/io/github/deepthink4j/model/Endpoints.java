package io.github.deepthink4j.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where things are below a base url (docs/protocol.md, section 2.1).
 *
 * @param baseUrl without a slash at its end, and without a query
 * @param query   what each request has at its end, such as Azure's {@code ?api-version=...}; mostly empty
 */
record Endpoints(String baseUrl, String query) {

    private static final String BETA = "/beta";
    private static final String CHAT = "/chat/completions";
    private static final String COMPLETIONS = "/completions";
    private static final int HIGHEST_PORT = 65_535;

    /** A host that names of services in docker compose may be, and names on the internet not (RFC 1123, section 2.1). */
    private static final Pattern UNDERSCORE = Pattern.compile("[A-Za-z0-9.-]*_[A-Za-z0-9._-]*(?::\\d*)?");

    /** No message shows more of the url than its scheme and host: what stands beside them may be a secret. */
    static Endpoints of(String baseUrl) {
        String trimmed = PastedText.trimmed(baseUrl);
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException(
                    "baseUrl is blank, as where a variable of the environment is set to nothing:"
                            + " leave it out, or pass null, for https://api.deepseek.com");
        }
        PastedText.checkUrl(trimmed);
        URI uri = uri(trimmed);
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            throw new IllegalArgumentException("baseUrl holds user info before an @, which is not sent: "
                    + "pass it as the header Authorization in customHeaders");
        }
        if (http && UNDERSCORE.matcher(String.valueOf(uri.getRawAuthority())).matches()) {
            throw new IllegalArgumentException(
                    "baseUrl has an underscore in its host, and Java's HTTP client takes no such"
                            + " name: give the server a name with a hyphen in its place (in docker compose the service's, or an alias"
                            + " of its network), or use its address");
        }
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "baseUrl must be an http or https url such as https://api.deepseek.com, with a host and perhaps a port");
        }
        if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "baseUrl has the port " + uri.getPort() + ", and ports go from 1 to " + HIGHEST_PORT);
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "baseUrl holds a #, and what stands behind it is never sent: leave it out");
        }
        String query = QueryParameters.of(uri.getRawQuery()).text();
        int end = trimmed.indexOf('?');
        String root = withoutSlash(end < 0 ? trimmed : trimmed.substring(0, end));
        return new Endpoints(without(CHAT, root), query);
    }

    /** The same where it may be the whole address of completion in the middle. */
    Endpoints withoutCompletions() {
        return new Endpoints(without(COMPLETIONS, baseUrl), query);
    }

    /** Other libraries want the whole address. */
    private static String without(String endpoint, String url) {
        return url.endsWith(endpoint) ? withoutSlash(url.substring(0, url.length() - endpoint.length())) : url;
    }

    /**
     * With these at the end of each request as well, behind what the base url has.
     *
     * @throws IllegalArgumentException if the base url gives one of them another value
     */
    Endpoints with(Map<String, String> parameters) {
        return new Endpoints(baseUrl, QueryParameters.of(query).and(parameters).text());
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Without the cause, whose message holds the whole.
            throw new IllegalArgumentException("baseUrl is not a url: " + e.getReason() + " at place "
                    + (e.getIndex() + 1) + " of " + url.length());
        }
    }

    private static String withoutSlash(String url) {
        String trimmed = url;
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return trimmed;
    }

    /** On the beta root, or below the base url. */
    URI chatCompletions(boolean beta) {
        return URI.create((beta ? betaRoot() : baseUrl) + CHAT + query);
    }

    /** Completion in the middle: on the beta root, or below the base url. */
    URI completions(boolean beta) {
        return URI.create((beta ? betaRoot() : baseUrl) + COMPLETIONS + query);
    }

    private String betaRoot() {
        if (baseUrl.endsWith(BETA)) {
            return baseUrl;
        }
        return without("/v1", baseUrl) + BETA;
    }

    /** A service beside chats, such as {@code search}: below {@code /v1} alone (docs/protocol.md, section 2.12). */
    URI tool(String name) {
        return URI.create(without("/v1", without(BETA, baseUrl)) + "/v1/tools/" + name + query);
    }

    /** Whether it is DeepSeek itself, and no other host of its models. */
    boolean isDeepSeek() {
        String host = host();
        return host.equals("deepseek.com") || host.endsWith(".deepseek.com");
    }

    /** Whether it is this machine, by its name or number. */
    boolean isLocal() {
        String host = host();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /** Whether it is this machine without a path: the simulator, or what else stands in for the whole API. */
    boolean isLocalRoot() {
        String path = URI.create(baseUrl).getRawPath();
        return isLocal() && (path == null || path.isEmpty());
    }

    private String host() {
        String host = URI.create(baseUrl).getHost();
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Without TLS. */
    boolean isPlain() {
        return baseUrl.regionMatches(true, 0, "http:", 0, "http:".length());
    }

    /** The files of a key, or one of them (docs/protocol.md, section 2.10). */
    URI files(String id, String parameters) {
        String more = parameters.isEmpty() ? "" : (query.isEmpty() ? "?" : "&") + parameters;
        return URI.create(without(BETA, baseUrl) + "/files" + (id.isEmpty() ? "" : "/" + id) + query + more);
    }

    URI models() {
        return URI.create(baseUrl + "/models" + query);
    }

    /** The balance belongs to the account, not to an API version: it is at the root, and below /v1 as well. */
    URI balance() {
        return URI.create(baseUrl + "/user/balance" + query);
    }

    /** Without the query, which may hold a key. */
    @Override
    public String toString() {
        return baseUrl;
    }
}
