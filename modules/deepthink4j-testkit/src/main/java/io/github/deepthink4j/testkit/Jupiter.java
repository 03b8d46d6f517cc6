package io.github.deepthink4j.testkit;

/**
 * Makes the simulator that is an extension of JUnit Jupiter. In a class of its own, since the verifier would look for Jupiter's
 * classes if {@link DeepSeekSimulator} did it itself, and most users of the simulator outside of tests have none.
 */
final class Jupiter {

    private Jupiter() {}

    static DeepSeekSimulator extension(DeepSeekSimulator.Builder builder) {
        return new DeepSeekExtension(builder);
    }
}
