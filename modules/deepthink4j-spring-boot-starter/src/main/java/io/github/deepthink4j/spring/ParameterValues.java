package io.github.deepthink4j.spring;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of custom parameters as they are sent. The binder makes a map of every list, and a file of properties and the environment
 * know texts alone.
 */
final class ParameterValues {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d*)");
    private static final Pattern NUMBER = Pattern.compile(WHOLE + "(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern QUOTED = Pattern.compile("\".*\"", Pattern.DOTALL);

    private ParameterValues() {}

    /** @param bound as the binder has them, in an order that does not matter */
    static Map<String, Object> sent(String property, Map<String, Object> bound) {
        Map<String, Object> sent = new LinkedHashMap<>();
        bound.forEach((name, value) -> sent.put(name, value(property + "." + name, value)));
        return sent;
    }

    private static @Nullable Object value(String property, @Nullable Object bound) {
        if (bound instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            map.forEach((name, value) -> fields.put(String.valueOf(name), value(property + "." + name, value)));
            return isList(fields) ? elements(fields) : fields;
        }
        return bound instanceof String text ? ofText(property, text) : bound;
    }

    private static boolean isList(Map<String, @Nullable Object> fields) {
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.containsKey(String.valueOf(i))) {
                return false;
            }
        }
        return !fields.isEmpty();
    }

    private static List<@Nullable Object> elements(Map<String, @Nullable Object> fields) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            elements.add(fields.get(String.valueOf(i)));
        }
        return elements;
    }

    /** Of YAML's {@code []}, <code>{}</code> and of no value at all Spring makes the same empty text. */
    private static @Nullable Object ofText(String property, String text) {
        if (text.isEmpty()) {
            throw new UnusableSettingException(
                    property,
                    "it has no value, or an empty list or object of YAML, which can't be told apart here",
                    "Write '[]', '{}' or '\"\"' with these quotes in YAML, without the outer ones in a file of properties, or leave it out");
        }
        if (WHOLE.matcher(text).matches()) {
            return new BigInteger(text);
        }
        if (NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        // In quotes what would be something else is a text.
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            case "[]" -> List.of();
            case "{}" -> Map.of();
            default -> QUOTED.matcher(text).matches() ? text.substring(1, text.length() - 1) : text;
        };
    }
}
