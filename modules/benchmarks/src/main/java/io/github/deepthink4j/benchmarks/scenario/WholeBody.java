package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.Script;
import io.github.deepthink4j.benchmarks.subject.Subject;

/** Answers of 128 KB that are not streamed, one after the other. */
record WholeBody() implements Scenario {

    private static final int BYTES = 128 * 1024;

    @Override
    public void run(Trial trial) {
        try (Subject subject = trial.library().at(trial.server().url(Script.body(BYTES)))) {
            askFor(trial.warmUp().toNanos(), subject);
            Garbage garbage = new Garbage();
            Window window = new Window(trial.server().pid());
            long allocated = garbage.allocated();
            double bodies = askFor(trial.measured().toNanos(), subject);
            trial.found(Figure.TIME_PER_BODY, window.seconds() * 1e6 / bodies);
            trial.found(Figure.GARBAGE_PER_BODY, (garbage.allocated() - allocated) / 1e3 / bodies);
            trial.found(Figure.OTHERS, window.others());
        }
    }

    private static int askFor(long nanos, Subject subject) {
        long until = System.nanoTime() + nanos;
        int bodies = 0;
        while (System.nanoTime() < until) {
            if (subject.ask("Hi").length() < BYTES / 3) {
                throw new IllegalStateException("an answer was too short");
            }
            bodies++;
        }
        return bodies;
    }
}
