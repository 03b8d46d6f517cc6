package io.github.deepthink4j.internal.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where secrets are: in headers, by their name or their scheme, in a url, and the password of a proxy. */
final class SecretPlaces {

    /** Whatever is shorter would be found in words that have nothing to do with it, and keeps nothing secret. */
    static final int SHORTEST = 8;

    private static final Set<String> WORDS = Set.of(
            "auth", "key", "token", "secret", "cookie", "passw", "pwd", "credential", "session", "signature", "jwt");

    /** As names of query parameters: Azure's functions and its shared access signatures. */
    private static final Set<String> QUERY_NAMES = Set.of("sig", "code", "sas", "pass");

    private static final Pattern SCHEME = Pattern.compile("(?i)(bearer|basic|token|apikey|api-key|digest)\\s.*");
    private static final Pattern USER_INFO = Pattern.compile("//[^/?#]*@");

    private SecretPlaces() {}

    /** Whether the value of a header or query parameter of this name is not to be shown. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }

    private static boolean isSecretParameter(String name) {
        return isSecret(name) || QUERY_NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    static List<String> in(URI uri, Map<String, String> headers) {
        Set<String> found = new LinkedHashSet<>();
        headers.forEach((name, value) -> {
            if (isSecret(name) || SCHEME.matcher(value).matches()) {
                found.addAll(words(value));
            }
        });
        parameters(uri)
                .filter(parameter -> parameter.length == 2 && isSecretParameter(parameter[0]))
                .forEach(parameter -> {
                    found.add(parameter[1]);
                    // A URI has no escape that can't be decoded.
                    found.add(URLDecoder.decode(parameter[1], StandardCharsets.UTF_8));
                });
        Stream.of("http.proxyPassword", "https.proxyPassword")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .forEach(found::add);
        return found.stream().filter(value -> value.length() >= SHORTEST).toList();
    }

    /** The scheme that stands before a key, such as Bearer, is none; a cookie and a signature have names and values. */
    private static List<String> words(String value) {
        List<String> words = new ArrayList<>();
        String[] parts = value.strip().split("[\\s;,]+");
        for (String word : parts) {
            words.add(word);
            words.add(word.substring(word.indexOf('=') + 1).replace("\"", ""));
        }
        if (parts.length == 2 && parts[0].equalsIgnoreCase("basic")) {
            words.addAll(userAndPassword(parts[1]));
        }
        return words;
    }

    private static List<String> userAndPassword(String base64) {
        try {
            String both = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return List.of(both, both.substring(both.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static Stream<String[]> parameters(URI uri) {
        String query = uri.getRawQuery();
        return query == null ? Stream.of() : Arrays.stream(query.split("&")).map(parameter -> parameter.split("=", 2));
    }

    /** Without user info, and without the values of secret parameters, however short they are. */
    static String masked(URI uri) {
        String text = USER_INFO.matcher(uri.toString()).replaceFirst("//" + Secrets.MASK + "@");
        String query = uri.getRawQuery();
        if (query == null) {
            return text;
        }
        String shown = parameters(uri)
                .map(parameter -> parameter.length == 2 && isSecretParameter(parameter[0])
                        ? parameter[0] + "=" + Secrets.MASK
                        : String.join("=", parameter))
                .collect(Collectors.joining("&"));
        return text.replace("?" + query, "?" + shown);
    }
}
