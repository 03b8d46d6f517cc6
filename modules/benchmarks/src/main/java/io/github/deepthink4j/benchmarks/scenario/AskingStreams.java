package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.Stamp;
import io.github.deepthink4j.benchmarks.subject.AnswerListener;
import io.github.deepthink4j.benchmarks.subject.Subject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** A number of streams at a time: each asks again as soon as its answer is over. */
final class AskingStreams {

    private static final long LONGEST = 60_000_000_000L;

    private static final long PATIENCE = 60_000_000_000L;

    private final Subject subject;
    private final LongAdder chunks = new LongAdder();
    private final LongAdder errors = new LongAdder();

    /** Streams that have brought a chunk. */
    private final LongAdder heard = new LongAdder();

    private final AtomicBoolean shown = new AtomicBoolean();
    private final Recorder delays = new Recorder(LONGEST, 3);
    private final long made = System.nanoTime();
    private int begun;
    private volatile boolean over;

    AskingStreams(Subject subject) {
        this.subject = subject;
    }

    void add(int streams) {
        for (int i = 0; i < streams; i++) {
            subject.stream("Hi", new Stream());
        }
        begun += streams;
    }

    /**
     * Until all but so many of those that were begun have brought a chunk or failed: a cold JVM on a busy machine may take
     * longer for the first than any warm-up, and longer for a thousand connections at once than any limit. No longer than a
     * minute in all, since some libraries have no room for more.
     */
    void awaitBegun(int butFor) throws InterruptedException {
        while (begun - heard.sum() - errors.sum() > butFor && System.nanoTime() - made < PATIENCE) {
            Thread.sleep(5);
        }
    }

    long chunks() {
        return chunks.sum();
    }

    long errors() {
        return errors.sum();
    }

    /** Of the chunks since the last call. */
    Histogram delays() {
        return delays.getIntervalHistogram();
    }

    void askNoMore() {
        over = true;
    }

    private final class Stream implements AnswerListener {

        private boolean known;

        @Override
        public void onThought(String piece) {
            onText(piece);
        }

        @Override
        public void onText(String piece) {
            chunks.increment();
            if (!known) {
                known = true;
                heard.increment();
            }
            long sent = Stamp.read(piece);
            if (sent >= 0) {
                delays.recordValue(Math.min(LONGEST, Math.max(0, System.nanoTime() - sent)));
            }
        }

        @Override
        public void onEnd(Object response) {
            if (!over) {
                subject.stream("Hi", this);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (shown.compareAndSet(false, true)) {
                error.printStackTrace();
            }
            errors.increment();
        }
    }
}
