package io.github.deepthink4j.micrometer;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Words from outside as the values of a meter's tag: only so many of each, so that nobody can fill a registry by making up model ids. */
final class BoundedNames {

    static final String NONE = "none";
    static final String OTHER = "other";

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
        if (value.length() > Words.LONGEST) {
            return OTHER;
        }
        String word = Words.readable(value);
        Set<String> values = known.computeIfAbsent(tag, key -> ConcurrentHashMap.newKeySet());
        if (values.contains(word)) {
            return word;
        }
        synchronized (values) {
            return values.size() < most && values.add(word) || values.contains(word) ? word : OTHER;
        }
    }
}
