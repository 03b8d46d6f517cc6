package io.github.deepthink4j.internal.request;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.JsonTrees;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the fields that users add to a request can be written as JSON, told by their place and not by a library's stack. */
final class CustomValues {

    /** Jackson writes a thousand levels, and a stack holds them. */
    private static final int MAX_DEPTH = 200;

    private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());

    private CustomValues() {}

    /**
     * @throws IllegalArgumentException if one can't be written
     */
    static void check(Map<String, ?> fields) {
        CustomValues all = new CustomValues();
        fields.forEach(all::check);
    }

    private void check(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            within(
                    path,
                    map,
                    () -> map.forEach((name, each) -> {
                        if (name == null) {
                            throw unwritable(path, "has a field without a name");
                        }
                        check(path + "." + name, each);
                    }));
        } else if (value instanceof Collection<?> values) {
            within(path, values, () -> items(path, values.toArray()));
        } else if (value instanceof Object[] values) {
            within(path, values, () -> items(path, values));
        } else if (value instanceof Double || value instanceof Float) {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                throw unwritable(path, "is " + value + ", for which JSON has no number");
            }
        } else if (!(value == null || value instanceof String || value instanceof Boolean || value instanceof Number)) {
            other(path, value);
        }
    }

    private void items(String path, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            check(path + "[" + i + "]", values[i]);
        }
    }

    private void within(String path, Object container, Runnable parts) {
        if (!around.add(container)) {
            throw unwritable(path, "contains itself");
        }
        if (around.size() > MAX_DEPTH) {
            throw unwritable(
                    path.substring(0, Math.min(100, path.length())) + "...",
                    "is nested more than " + MAX_DEPTH + " deep");
        }
        parts.run();
        around.remove(container);
    }

    private void other(String path, Object value) {
        Object plain;
        try {
            plain = JsonTrees.plain(value);
        } catch (IllegalArgumentException | StackOverflowError e) {
            throw new IllegalArgumentException(
                    message(path, "is of " + value.getClass().getName() + ", which can't be written as JSON"), e);
        }
        if (plain instanceof Map || plain instanceof Collection || plain instanceof Number) {
            check(path, plain);
        }
    }

    private static IllegalArgumentException unwritable(String path, String what) {
        return new IllegalArgumentException(message(path, what));
    }

    private static String message(String path, String what) {
        return "customParameters: " + requireNonNull(path) + " " + what
                + ". Give texts, numbers, truth values, and lists and maps of them";
    }
}
