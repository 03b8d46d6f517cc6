package io.github.deepthink4j.memory.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a message's attributes comes back from JSON as what it was. LangChain4j writes more: a date comes back as a text or a number, a
 * record as a map, a set as a list. Pure.
 */
final class KeptAttributes {

    private static final Set<Class<?>> PLAIN = Set.of(
            String.class, Boolean.class, Integer.class, Long.class, Short.class, Byte.class, Double.class, Float.class);

    private static final int DEEPEST = 100;

    private KeptAttributes() {}

    /** What of them is not, for an error: its name and its type; {@code null} if all is kept. */
    static @Nullable String notKept(Map<?, ?> attributes) {
        return notKept(attributes, "", 0);
    }

    private static @Nullable String notKept(Map<?, ?> values, String above, int depth) {
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                return above + "(a key of type " + typeOf(entry.getKey()) + ")";
            }
            String found = notKept(entry.getValue(), above + name, depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String notKept(@Nullable Object value, String name, int depth) {
        boolean isKept = value == null || (PLAIN.contains(value.getClass()) && isFinite(value));
        if (isKept) {
            return null;
        }
        if (depth < DEEPEST && value instanceof Map<?, ?> map) {
            return notKept(map, name + ".", depth);
        }
        if (depth < DEEPEST && value instanceof List<?> list) {
            for (Object each : list) {
                String found = notKept(each, name + "[]", depth + 1);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        return name + " (" + typeOf(value) + ")";
    }

    /** JSON has no word for the others. */
    private static boolean isFinite(Object value) {
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
    }

    private static String typeOf(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getTypeName();
    }
}
