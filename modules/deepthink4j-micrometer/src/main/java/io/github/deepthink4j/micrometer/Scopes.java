package io.github.deepthink4j.micrometer;

import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/** Makes an observation the current one while something runs, and leaves the thread as it was, whatever the registry or its handlers throw. */
final class Scopes {

    private final ObservationRegistry registry;
    private Observation.@Nullable Scope before;
    private Observation.@Nullable Scope scope;
    private boolean entered;

    private Scopes(ObservationRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param observation {@code null} for none
     */
    static void within(ObservationRegistry registry, @Nullable Observation observation, Runnable task) {
        Scopes thread = new Scopes(registry);
        Guard.run(() -> thread.enter(observation));
        try {
            task.run();
        } finally {
            Guard.run(thread::close);
            Guard.run(thread::restore);
        }
    }

    private void enter(@Nullable Observation observation) {
        if (registry.isNoop()) {
            return;
        }
        before = registry.getCurrentObservationScope();
        Observation current = before == null ? null : before.getCurrentObservation();
        if (current == observation || (observation == null && current instanceof NullObservation)) {
            return;
        }
        entered = true;
        scope = (observation == null ? new NullObservation(registry) : observation).openScope();
    }

    private void close() {
        if (scope != null) {
            scope.close();
        }
    }

    /** Who throws as a scope is opened or closed leaves it behind. */
    private void restore() {
        if (entered && registry.getCurrentObservationScope() != before) {
            registry.setCurrentObservationScope(before);
        }
    }
}
