package io.github.deepthink4j.benchmarks.scenario;

import java.util.List;

/** Something to measure with one library, in a JVM of its own. */
public interface Scenario {

    void run(Trial trial) throws Exception;

    /** JVM flags besides those that all get. */
    default List<String> flags() {
        return List.of();
    }

    /** How many JVMs a pass takes with each library, where one cannot tell. */
    default int jvmsPerPass() {
        return 1;
    }
}
