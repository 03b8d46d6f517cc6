package io.github.deepthink4j.testkit.script;

/** Answers requests for which no answer was set up. */
@FunctionalInterface
public interface Brain {

    /** Called on the simulator's threads, several at a time. */
    Answer answer(SimulatedRequest request);
}
