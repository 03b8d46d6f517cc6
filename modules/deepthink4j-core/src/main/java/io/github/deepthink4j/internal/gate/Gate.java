package io.github.deepthink4j.internal.gate;

import io.github.deepthink4j.settings.CallGate;

/** What stands behind each {@link CallGate}. Thread-safe. */
public interface Gate extends CallGate {

    /** For one call, and all its attempts. */
    Pass pass(CallFacts call);
}
