package io.github.deepthink4j.micrometer;

import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an observation the current one while something runs, and leaves the thread as it was, whatever the registry's handlers throw. */
final class Scopes {

    private static final Logger LOG = LoggerFactory.getLogger(Scopes.class);

    private Scopes() {}

    /**
     * @param observation {@code null} for none
     */
    static void within(ObservationRegistry registry, @Nullable Observation observation, Runnable task) {
        Observation.Scope before = registry.isNoop() ? null : registry.getCurrentObservationScope();
        Observation current = before == null ? null : before.getCurrentObservation();
        if (registry.isNoop()
                || current == observation
                || (observation == null && current instanceof NullObservation)) {
            task.run();
            return;
        }
        Observation.Scope scope = open(observation == null ? new NullObservation(registry) : observation);
        try {
            task.run();
        } finally {
            close(scope);
            if (registry.getCurrentObservationScope() != before) {
                registry.setCurrentObservationScope(before);
            }
        }
    }

    private static Observation.@Nullable Scope open(Observation observation) {
        try {
            return observation.openScope();
        } catch (Throwable e) {
            LOG.warn("An ObservationHandler has thrown as a scope was opened; this is ignored", e);
            return null;
        }
    }

    private static void close(Observation.@Nullable Scope scope) {
        try {
            if (scope != null) {
                scope.close();
            }
        } catch (Throwable e) {
            LOG.warn("An ObservationHandler has thrown as a scope was closed; this is ignored", e);
        }
    }
}
