package io.github.deepthink4j.micrometer;

import io.github.deepthink4j.internal.log.SafeLog;
import java.util.function.Supplier;

/** Around whatever runs code that others have set: a registry, its handlers, predicates, filters and conventions. */
final class Guard {

    private static final SafeLog LOG = SafeLog.of(DeepSeekObservations.class);

    private Guard() {}

    /** Runs it; what it throws, an {@code Error} too, is logged. */
    static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            log(e);
        }
    }

    /** What it gives, or something else if it throws. */
    static <T> T get(Supplier<T> action, T otherwise) {
        try {
            return action.get();
        } catch (Throwable e) {
            log(e);
            return otherwise;
        }
    }

    static void log(Throwable thrown) {
        LOG.warn("A registry, or what is set on it, has thrown; this is ignored", thrown);
    }
}
