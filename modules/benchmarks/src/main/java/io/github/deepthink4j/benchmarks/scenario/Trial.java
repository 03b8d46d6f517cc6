package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.ServerAddress;
import io.github.deepthink4j.benchmarks.subject.Library;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One run of a scenario with one library, and the figures that it found.
 *
 * @param quick whether it is only to be seen that all of it works
 */
public record Trial(
        Library library,
        ServerAddress server,
        Duration warmUp,
        Duration measured,
        boolean quick,
        Map<String, Double> figures) {

    public Trial(Library library, ServerAddress server, Duration warmUp, Duration measured, boolean quick) {
        this(library, server, warmUp, measured, quick, new LinkedHashMap<>());
    }

    /** @param name with its unit */
    void found(String name, double value) {
        if (Double.isInfinite(value)) {
            throw new IllegalStateException(name + ": nothing has come");
        }
        figures.put(name, value);
    }

    /** A number of times or streams, smaller if it need not mean anything. */
    int many(int normally) {
        return quick ? Math.max(3, normally / 50) : normally;
    }
}
