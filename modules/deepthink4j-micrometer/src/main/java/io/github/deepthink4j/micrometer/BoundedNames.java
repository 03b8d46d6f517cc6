package io.github.deepthink4j.micrometer;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Words from outside as the values of a meter's tag: only so many of each, so that nobody can fill a registry by making up model ids. */
final class BoundedNames {

    static final String NONE = "none";
    static final String OTHER = "other";

    private static final int LONGEST = 120;

    private final int most;
    private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

    BoundedNames(int most) {
        this.most = most;
    }

    /** The value itself if it is among the first ones of this tag, {@code other} if it is one too many, {@code none} if there is none. */
    String of(String tag, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return NONE;
        }
        if (value.length() > LONGEST) {
            return OTHER;
        }
        Set<String> values = known.computeIfAbsent(tag, key -> ConcurrentHashMap.newKeySet());
        if (values.contains(value)) {
            return value;
        }
        synchronized (values) {
            return values.size() < most && values.add(value) || values.contains(value) ? value : OTHER;
        }
    }
}
