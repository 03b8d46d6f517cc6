package io.github.deepthink4j.internal.gate;

import io.github.deepthink4j.settings.CallGate;

/** What stands behind each {@link CallGate}. Thread-safe. */
public interface Gate extends CallGate {

    /** For one call, and all its attempts. */
    Pass pass(CallFacts call);

    /** The same for as long as it lives. */
    GateOrder order();

    /** Of a call that was held here until all its time was over. */
    HeldUp heldUp();

    /**
     * For the error of such a call.
     *
     * @param by     what held it up, the first words of a sentence
     * @param remedy what may help besides more time, the last words of one
     */
    record HeldUp(String by, String remedy) {}
}
