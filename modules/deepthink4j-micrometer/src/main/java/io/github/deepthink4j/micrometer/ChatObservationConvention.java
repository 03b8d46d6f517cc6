package io.github.deepthink4j.micrometer;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;

/**
 * How a call is named and described, for those who want other names: set it on {@link DeepSeekObservations.Builder#convention}, or
 * on the registry for all.
 */
public interface ChatObservationConvention extends GlobalObservationConvention<ChatObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof ChatObservationContext;
    }
}
