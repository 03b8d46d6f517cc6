package io.github.deepthink4j.internal.request;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the references within a schema mean, and which of them may be replaced by it. */
final class References {

    /** So that a schema becomes no more than this many times as large, and one that holds itself has an end. */
    private static final int MOST_SCHEMAS = 200;

    private final Map<String, Object> root;
    private final Map<String, Boolean> writtenOut = new HashMap<>();

    References(Map<String, Object> root) {
        this.root = root;
    }

    /** {@code null} if it leads nowhere. */
    @Nullable
    Object meant(String reference) {
        Object found = root;
        for (String step : reference.split("/")) {
            boolean here = step.equals("#");
            found = here ? found : found instanceof Map<?, ?> map ? map.get(name(step)) : null;
        }
        return reference.startsWith("#") && found instanceof Map ? found : null;
    }

    /** Whether it means something, and not only, by way of other references, itself. */
    boolean leadsSomewhere(String reference) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(reference));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            Object meant = meant(next);
            // One that is broken further on is told where it stands.
            if (meant == null ? !next.equals(reference) : saysMore(meant, open)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is something in a schema but references, which are to be followed then. */
    private static boolean saysMore(@Nullable Object schema, Deque<String> references) {
        if (!(schema instanceof Map<?, ?> map)) {
            return true;
        }
        if (map.get("$ref") instanceof String reference) {
            references.push(reference);
            return false;
        }
        if (!(map.get("anyOf") instanceof List<?> choices) || choices.isEmpty()) {
            return true;
        }
        boolean more = false;
        for (Object choice : choices) {
            more |= saysMore(choice, references);
        }
        return more;
    }

    /** The steps of a reference as a path says them. */
    static String path(String reference) {
        StringBuilder path = new StringBuilder();
        for (String step : reference.split("/")) {
            path.append(step.equals("#") ? "" : "." + name(step));
        }
        return path.toString();
    }

    private static String name(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }

    /** Whether what it means, with what stands in the place of further references there, has an end, and a near one. */
    boolean canBeWrittenOut(String reference) {
        Boolean known = writtenOut.get(reference);
        if (known == null) {
            Object meant = meant(reference);
            known = meant != null && left(meant, MOST_SCHEMAS, true) >= 0;
            writtenOut.put(reference, known);
        }
        return known;
    }

    /** How many schemas there may be after this one; negative if it is too many. */
    private int left(@Nullable Object schema, int most, boolean writtenOut) {
        int left = most - 1;
        if (left < 0 || !(schema instanceof Map<?, ?> map)) {
            return left;
        }
        if (writtenOut && map.get("$ref") instanceof String reference) {
            Object meant = meant(reference);
            return meant == null ? left : left(meant, left, true);
        }
        if (map.containsKey("items")) {
            left = left(map.get("items"), left, false);
        }
        if (map.get("anyOf") instanceof List<?> choices) {
            for (int i = 0; i < choices.size() && left >= 0; i++) {
                left = left(choices.get(i), left, true);
            }
        }
        List<?> required = map.get("required") instanceof List<?> names ? names : List.of();
        for (String schemas : List.of("properties", "$defs", "$def", "definitions")) {
            if (map.get(schemas) instanceof Map<?, ?> named) {
                for (Map.Entry<?, ?> each : named.entrySet()) {
                    if (left < 0) {
                        return left;
                    }
                    boolean optional = schemas.equals("properties") && !required.contains(each.getKey());
                    left = left(each.getValue(), left, optional);
                }
            }
        }
        return left;
    }
}
