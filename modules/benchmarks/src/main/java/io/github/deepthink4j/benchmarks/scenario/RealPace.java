package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.Script;
import io.github.deepthink4j.benchmarks.server.ServerControl;
import io.github.deepthink4j.benchmarks.subject.Subject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Many streams at the pace of a model: what a chunk costs then, how late it comes, and how many threads that takes. */
record RealPace(int streams, int perSecond, boolean tls) implements Scenario {

    /** An answer lasts half a minute in the mean. */
    private static final int SECONDS_OF_ANSWER = 30;

    /** So many are begun at a time, with a pause of 20 ms after them. */
    private static final int BEGUN_AT_A_TIME = 50;

    /** So many that have not been heard yet stop the next from being begun. */
    private static final int OPENING_AT_MOST = 500;

    @Override
    public List<String> flags() {
        return List.of("-Xmx1g");
    }

    @Override
    public void run(Trial trial) throws Exception {
        int many = trial.many(streams);
        Script script = Script.paced(perSecond * SECONDS_OF_ANSWER, perSecond);
        String url = tls ? trial.server().secureUrl(script) : trial.server().url(script);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (Subject subject = trial.library().at(url);
                ServerControl control = new ServerControl(trial.server())) {
            Garbage garbage = new Garbage();
            AskingStreams asking = new AskingStreams(subject);
            begin(asking, many);
            asking.awaitBegun(0);
            Thread.sleep(trial.warmUp().toMillis());
            asking.delays();
            control.reset();
            Window window = new Window(trial.server().pid());
            long chunks = asking.chunks();
            long allocated = garbage.allocated();
            Thread.sleep(trial.measured().toMillis());
            double more = asking.chunks() - chunks;
            Histogram delays = asking.delays();
            trial.found(Figure.CPU_PER_CHUNK, window.ownCpuSeconds() * 1e6 / more);
            trial.found(Figure.GARBAGE_PER_CHUNK, (garbage.allocated() - allocated) / more);
            trial.found(Figure.DELAY_P50, delays.getValueAtPercentile(50) / 1e6);
            trial.found(Figure.DELAY_P99, delays.getValueAtPercentile(99) / 1e6);
            trial.found(Figure.DELAY_MAX, delays.getMaxValue() / 1e6);
            trial.found(Figure.DELIVERED, more / (window.seconds() * many * perSecond));
            trial.found(Figure.THREADS, threads.getPeakThreadCount());
            trial.found(Figure.SERVER_LAG, control.counts().worstLag() / 1e6);
            trial.found(Figure.ERRORS, asking.errors());
            trial.found(Figure.OTHERS, window.others());
            asking.askNoMore();
        }
    }

    private static void begin(AskingStreams asking, int many) throws InterruptedException {
        for (int begun = 0; begun < many; begun += BEGUN_AT_A_TIME) {
            asking.add(Math.min(BEGUN_AT_A_TIME, many - begun));
            Thread.sleep(20);
            asking.awaitBegun(OPENING_AT_MOST);
        }
    }
}
