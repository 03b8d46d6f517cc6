package io.github.deepthink4j.benchmarks.compare;

import io.github.deepthink4j.benchmarks.scenario.Scenarios;
import io.github.deepthink4j.benchmarks.scenario.Trial;
import io.github.deepthink4j.benchmarks.server.ServerAddress;
import io.github.deepthink4j.benchmarks.subject.Library;
import java.time.Duration;

/** The JVM of one trial. Its figures are the lines that begin with {@link #MARK}. */
final class SubjectProcess {

    static final String MARK = "figure\t";

    private SubjectProcess() {}

    /** @param args scenario, library, server, warm-up and measured time in ms, whether quick */
    public static void main(String[] args) throws Exception {
        Trial trial = new Trial(
                Library.of(args[1]),
                ServerAddress.of(args[2]),
                Duration.ofMillis(Long.parseLong(args[3])),
                Duration.ofMillis(Long.parseLong(args[4])),
                Boolean.parseBoolean(args[5]));
        Scenarios.of(args[0]).run(trial);
        trial.figures().forEach((name, value) -> System.out.println(MARK + name + "\t" + value));
        System.out.flush();
        // Halted, not ended: with thousands of open streams an orderly end takes longer than the trial.
        Runtime.getRuntime().halt(0);
    }
}
