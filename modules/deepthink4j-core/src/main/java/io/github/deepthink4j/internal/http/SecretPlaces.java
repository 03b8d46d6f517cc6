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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where secrets are: in headers, by their name or their scheme, in a url, and the password of a proxy. */
final class SecretPlaces {

    /** Whatever is shorter would be found in words that have nothing to do with it, and keeps nothing secret. */
    static final int SHORTEST = 8;

    /** Within a name. */
    private static final Set<String> WORDS = Set.of(
            "auth",
            "key",
            "token",
            "secret",
            "cookie",
            "passw",
            "passphrase",
            "pwd",
            "credential",
            "session",
            "signature",
            "jwt",
            "bearer",
            "assertion",
            "csrf",
            "xsrf",
            "hmac",
            "digest");

    /** What would be found in other words as well, if it did not stand by itself: {@code X-Admin-Pass}, {@code webhookSig}. */
    private static final Set<String> WHOLE_WORDS =
            Set.of("pass", "pin", "otp", "totp", "sig", "sas", "sk", "ak", "ticket", "pat");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

    /** As names of query parameters: Azure's functions. */
    private static final Set<String> QUERY_NAMES = Set.of("code");

    /** A parameter of this length without a name is no switch. */
    private static final int NAMELESS = 12;

    private static final Pattern SCHEME = Pattern.compile("(?i)(bearer|basic|token|apikey|api-key|digest)\\s.*");
    private static final Pattern PARAMETER_OF_PATH = Pattern.compile(";[^;/?#=]+=[^;/?#]*");
    private static final Pattern USER_INFO = Pattern.compile("//[^/?#]*@");

    private SecretPlaces() {}

    /** Whether the value of a header or query parameter of this name is not to be shown. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains)
                || BETWEEN_WORDS
                        .splitAsStream(name)
                        .anyMatch(word -> WHOLE_WORDS.contains(word.toLowerCase(Locale.ROOT)));
    }

    private static boolean isSecretParameter(String name) {
        return SecretPlaces.isSecret(name) || QUERY_NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    static List<String> in(URI uri, Map<String, String> headers) {
        Set<String> found = new LinkedHashSet<>();
        headers.forEach((name, value) -> {
            if (isSecret(name) || SCHEME.matcher(value).matches()) {
                found.addAll(words(value));
            }
        });
        Stream.concat(ofQuery(uri), ofPath(uri)).filter(Parameter::isSecret).forEach(parameter -> {
            found.add(parameter.value);
            // A URI has no escape that can't be decoded.
            found.add(URLDecoder.decode(parameter.value, StandardCharsets.UTF_8));
        });
        found.addAll(ofProxies());
        return found.stream().filter(value -> value.length() >= SHORTEST).toList();
    }

    /** The passwords of proxies, which are system properties. */
    static List<String> ofProxies() {
        return Stream.of("http.proxyPassword", "https.proxyPassword")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .toList();
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

    /**
     * One of a query, or of a path.
     *
     * @param name empty where there is a value alone
     */
    private record Parameter(String name, String value) {

        static Parameter of(String text) {
            int equals = text.indexOf('=');
            return new Parameter(equals < 0 ? "" : text.substring(0, equals), text.substring(equals + 1));
        }

        boolean isSecret() {
            return name.isEmpty() ? value.length() >= NAMELESS : isSecretParameter(name);
        }

        String shown(String text) {
            return isSecret() ? text.substring(0, text.length() - value.length()) + Secrets.MASK : text;
        }
    }

    private static Stream<Parameter> ofQuery(URI uri) {
        String query = uri.getRawQuery();
        return query == null ? Stream.of() : Arrays.stream(query.split("&")).map(Parameter::of);
    }

    private static Stream<Parameter> ofPath(URI uri) {
        String path = uri.getRawPath();
        return path == null
                ? Stream.of()
                : PARAMETER_OF_PATH.matcher(path).results().map(found -> Parameter.of(found.group()));
    }

    /** Without user info, and without the values of secret parameters, however short they are. */
    static String masked(URI uri) {
        String text = USER_INFO.matcher(uri.toString()).replaceFirst("//" + Secrets.MASK + "@");
        int fragment = text.indexOf('#');
        String place = fragment < 0 ? text : text.substring(0, fragment);
        int query = place.indexOf('?');
        String shown = PARAMETER_OF_PATH
                .matcher(query < 0 ? place : place.substring(0, query))
                .replaceAll(parameter ->
                        Matcher.quoteReplacement(Parameter.of(parameter.group()).shown(parameter.group())));
        if (query >= 0) {
            shown += "?"
                    + Arrays.stream(place.substring(query + 1).split("&"))
                            .map(parameter -> Parameter.of(parameter).shown(parameter))
                            .collect(Collectors.joining("&"));
        }
        return shown + text.substring(place.length());
    }
}
