package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.Script;
import io.github.deepthink4j.benchmarks.subject.Subject;

/** A few streams as fast as they can be taken: what a chunk costs. */
record FullSpeed(boolean chinese, boolean tls) implements Scenario {

    private static final int STREAMS = 4;
    private static final int CHUNKS = 4000;

    @Override
    public void run(Trial trial) throws Exception {
        Script script = Script.atOnce(CHUNKS, chinese);
        String url = tls ? trial.server().secureUrl(script) : trial.server().url(script);
        try (Subject subject = trial.library().at(url)) {
            Garbage garbage = new Garbage();
            AskingStreams streams = new AskingStreams(subject);
            streams.add(STREAMS);
            streams.awaitBegun(0);
            Thread.sleep(trial.warmUp().toMillis());
            Window window = new Window(trial.server().pid());
            long chunks = streams.chunks();
            long allocated = garbage.allocated();
            Thread.sleep(trial.measured().toMillis());
            double more = streams.chunks() - chunks;
            trial.found(Figure.CPU_PER_CHUNK, window.ownCpuSeconds() * 1e6 / more);
            trial.found(Figure.GARBAGE_PER_CHUNK, (garbage.allocated() - allocated) / more);
            trial.found(Figure.CHUNKS_PER_SECOND, more / window.seconds());
            trial.found(Figure.ERRORS, streams.errors());
            trial.found(Figure.OTHERS, window.others());
            streams.askNoMore();
        }
    }
}
