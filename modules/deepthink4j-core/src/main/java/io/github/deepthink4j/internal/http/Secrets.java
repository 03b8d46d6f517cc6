package io.github.deepthink4j.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must not be shown of the requests of one model, and the one way by which anything that a server or a client library
 * has said comes into a message, a cause, a log or a value: {@link #masked} and {@link #shown}. Masked is each secret itself, its
 * base64 and its forms in a url and in JSON, twelve characters and more of each, and whatever looks like a key of anybody's.
 */
public final class Secrets {

    /** What a secret is replaced by. */
    public static final String MASK = "***";

    /** The most characters of a server's words in a message. */
    public static final int MAX_WORDS = 500;

    /** The most characters of an id, a name or a reason. */
    public static final int MAX_NAME = 120;

    // A word behind what keys begin with is none: sk-learn, hf_hub_download and fw_update are prose. A key has a run of
    // eight and more with a digit in it, or is very long. The first letter is looked at before the bound of a word,
    // which takes much longer and would be sought at each place.
    private static final Pattern KEY = Pattern.compile("(?=[sgnhxftAe])\\b(?:"
            + "(?:sk-|gsk_|nvapi-|hf_|xai-|fw_|tgp_)(?="
            + "[\\w-]{0,200}?(?<![A-Za-z0-9])(?=[A-Za-z]{0,40}[0-9])[A-Za-z0-9]{8}"
            + "|[\\w-]{0,200}?[A-Za-z0-9]{24}"
            + "|(?=[\\w-]{0,40}[0-9])(?=[\\w-]{0,40}[A-Z])[\\w-]{20})"
            + "[\\w-]{4,}|AIza(?=[\\w-]{0,40}[0-9])[\\w-]{8,}|eyJ[\\w-]{8,}\\.eyJ[\\w-]+(\\.[\\w-]+)?)");

    // Nor is a word behind "bearer" one: "the bearer of bad news", "Bearer token is missing".
    private static final Pattern BEARER = Pattern.compile("(?i)(?=bearer)\\bbearer\\s+"
            + "(?!(?-i:[A-Z]?[a-z'-]{0,22})[.:!?)\\]]{0,3}(?:[\\s\",;]|$))[\\x21-\\x7e&&[^\",;]]+");
    private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    /** So many earlier tokens of a model that has a new one for each request: a server may say one of them back later. */
    private static final int MOST_EARLIER = 8;

    /** Where they were found: a url, headers, passwords of proxies. The same places hold the same secrets. */
    private final List<Object> places;

    private final List<String> values;

    /** Of earlier requests; each knows none itself. */
    private final List<Secrets> earlier;

    private volatile @Nullable SecretFinder finder;

    private Secrets(List<Object> places, List<String> values, List<Secrets> earlier) {
        this.places = places;
        this.values = values;
        this.earlier = earlier;
    }

    /**
     * Those of a request: all that is secret goes out in it, but for the password of a proxy, which is in system properties.
     *
     * @param before those of the request before of the same model, which mostly are the same, and where they are not stay
     *               secret for a while; {@code null} for none
     */
    public static Secrets of(URI uri, Map<String, String> headers, @Nullable Secrets before) {
        List<Object> places = List.of(uri, Map.copyOf(headers), SecretPlaces.ofProxies());
        if (before != null && before.places.equals(places)) {
            return before;
        }
        List<String> values = SecretPlaces.in(uri, headers);
        if (before == null) {
            return new Secrets(places, values, List.of());
        }
        return before.values.equals(values) ? before : new Secrets(places, values, before.andEarlier(values));
    }

    private List<Secrets> andEarlier(List<String> now) {
        Secrets alone = new Secrets(places, values, List.of());
        alone.finder = finder;
        return Stream.concat(Stream.of(alone), earlier.stream())
                .filter(each -> !each.values.equals(now))
                .limit(MOST_EARLIER)
                .toList();
    }

    /** The text with all secrets masked, this model's and whatever looks like a key. */
    public String masked(String text) {
        return BEARER.matcher(KEY.matcher(own(text)).replaceAll(MASK)).replaceAll("Bearer " + MASK);
    }

    /** The text with this model's own secrets masked, and nothing else changed. */
    public String own(String text) {
        String masked = finder().replaced(text, MASK);
        for (Secrets before : earlier) {
            masked = before.own(masked);
        }
        return masked;
    }

    /** Which characters of the text {@link #masked(String)} would not show. */
    BitSet places(String text) {
        BitSet places = finder().places(text);
        earlier.forEach(before -> places.or(before.finder().places(text)));
        KEY.matcher(text).results().forEach(key -> places.set(key.start(), key.end()));
        BEARER.matcher(text).results().forEach(key -> places.set(key.start(), key.end()));
        return places;
    }

    private SecretFinder finder() {
        SecretFinder known = finder;
        if (known == null) {
            known = new SecretFinder(forms(values));
            finder = known;
        }
        return known;
    }

    /** One line, masked, of at most {@link #MAX_WORDS} characters; {@code null} where there is nothing to say. */
    public @Nullable String shown(@Nullable String text) {
        return shown(text, MAX_WORDS);
    }

    /** One line, masked, of bounded length; {@code null} where there is nothing to say. */
    public @Nullable String shown(@Nullable String text, int maxLength) {
        if (text == null) {
            return null;
        }
        // Cut before masking as well: a megabyte of garbage is not worth searching.
        String start = text.length() > 8 * maxLength ? text.substring(0, 8 * maxLength) : text;
        // Zeros are of UTF-16 that was read as something else: without them its secrets are what they are.
        String line =
                masked(UNSHOWN.matcher(start.replace("\0", "")).replaceAll(" ")).strip();
        if (line.isEmpty()) {
            return null;
        }
        return line.length() > maxLength ? whole(line.substring(0, maxLength)) + "..." : line;
    }

    /** Without half a character at its end. */
    private static String whole(String cut) {
        return Character.isHighSurrogate(cut.charAt(cut.length() - 1)) ? cut.substring(0, cut.length() - 1) : cut;
    }

    /** A url with its secrets masked; what is left is a url still. */
    public URI masked(URI uri) {
        return URI.create(masked(SecretPlaces.masked(uri)));
    }

    /** The value of a header as it may be shown. */
    public String header(String name, String value) {
        return SecretPlaces.isSecret(name) ? MASK : masked(value);
    }

    /** Fields that nobody here knows, with the secrets in their names and values masked. */
    public Map<String, JsonNode> masked(Map<String, JsonNode> fields) {
        Map<String, JsonNode> masked = new LinkedHashMap<>();
        fields.forEach((name, value) -> masked.put(masked(name), masked(value)));
        return masked;
    }

    /** A copy with the secrets in its names and texts masked. */
    public JsonNode masked(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(masked(value.asText()));
        }
        if (value instanceof ArrayNode list) {
            ArrayNode masked = list.arrayNode(list.size());
            list.forEach(element -> masked.add(masked(element)));
            return masked;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode masked = object.objectNode();
            object.properties().forEach(field -> masked.set(masked(field.getKey()), masked(field.getValue())));
            return masked;
        }
        return value;
    }

    /**
     * What was thrown, as it may be a cause: itself, or, where a message of it or of its causes holds one of this model's
     * secrets, a copy without.
     */
    public @Nullable Throwable masked(@Nullable Throwable thrown) {
        return thrown == null || !MaskedThrowable.holds(thrown, this) ? thrown : MaskedThrowable.of(thrown, this);
    }

    /** As it may stand in a text, by itself and within something else. */
    private static List<String> forms(List<String> values) {
        List<String> forms = new ArrayList<>();
        for (String value : values) {
            forms.add(value);
            forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
            forms.addAll(Base64Forms.of(value));
        }
        return forms.stream()
                .distinct()
                .filter(form -> form.length() >= SecretPlaces.SHORTEST)
                .toList();
    }

    /** Says nothing of them. */
    @Override
    public String toString() {
        return "Secrets[]";
    }
}
