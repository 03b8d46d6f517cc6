package io.github.deepthink4j.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;

/** Marks the observation of a step, through which a part's call looks for the call it belongs to. */
final class StepObservationContext extends Observation.Context {

    @Override
    public KeyValues getAllKeyValues() {
        return KnownValues.of(this);
    }
}
