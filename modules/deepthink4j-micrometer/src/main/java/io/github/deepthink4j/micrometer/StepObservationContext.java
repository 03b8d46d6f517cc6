package io.github.deepthink4j.micrometer;

import io.micrometer.observation.Observation;

/** Marks the observation of a step, through which a part's call looks for the call it belongs to. */
final class StepObservationContext extends Observation.Context {}
