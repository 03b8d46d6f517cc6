package io.github.deepthink4j.agent.internal;

import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.price.Cost;

/**
 * What the steps have cost that went well before a failure, in which it stands as a suppressed exception: the error of the last part
 * knows nothing of them, and is the part's own.
 */
final class EarlierSteps extends RuntimeException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient ErrorDetails details;

    EarlierSteps(int steps, Cost cost) {
        super("Steps before this failure: " + steps + ", which cost " + cost + ".", null, false, false);
        this.details = ErrorDetails.custom().cost(cost).build();
    }

    @Override
    public String code() {
        return "earlier_steps";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
