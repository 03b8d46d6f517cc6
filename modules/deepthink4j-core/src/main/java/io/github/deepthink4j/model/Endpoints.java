package io.github.deepthink4j.model;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where things are below a base url (docs/protocol.md, section 2.1).
 *
 * @param baseUrl without a slash at its end
 */
record Endpoints(String baseUrl) {

    private static final String BETA = "/beta";

    static Endpoints of(String baseUrl) {
        String trimmed = baseUrl.trim();
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        try {
            URI uri = new URI(trimmed);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!http || uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "baseUrl must be an http or https url such as https://api.deepseek.com, but is: " + baseUrl);
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("baseUrl is not a url: " + e.getMessage(), e);
        }
        return new Endpoints(trimmed);
    }

    /**
     * Prefix completion and strict functions live below /beta alone, so a request that uses them goes there, whatever
     * the base url says; other hosts have no such root, and their urls end otherwise.
     */
    URI chatCompletions(boolean beta) {
        boolean switchToBeta = beta && !baseUrl.endsWith(BETA);
        String root = switchToBeta && baseUrl.endsWith("/v1") ? baseUrl.substring(0, baseUrl.length() - 3) : baseUrl;
        return URI.create(root + (switchToBeta ? BETA : "") + "/chat/completions");
    }

    URI models() {
        return URI.create(baseUrl + "/models");
    }

    /** The balance belongs to the account, not to an API version: it is at the root, and below /v1 as well. */
    URI balance() {
        return URI.create(baseUrl + "/user/balance");
    }
}
