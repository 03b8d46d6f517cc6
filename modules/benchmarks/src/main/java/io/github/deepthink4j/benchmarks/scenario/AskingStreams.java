package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.Stamp;
import io.github.deepthink4j.benchmarks.subject.AnswerListener;
import io.github.deepthink4j.benchmarks.subject.Subject;
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
    private final Recorder delays = new Recorder(LONGEST, 3);
    private volatile boolean over;

    AskingStreams(Subject subject) {
        this.subject = subject;
    }

    void add(int streams) {
        for (int i = 0; i < streams; i++) {
            subject.stream("Hi", new Stream());
        }
    }

    /** Until each of so many has brought a chunk, on average: a cold JVM on a busy machine may take longer than any warm-up. */
    void awaitChunks(int least) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE;
        while (chunks() < least && System.nanoTime() < until) {
            Thread.sleep(10);
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

        @Override
        public void onThought(String piece) {
            onText(piece);
        }

        @Override
        public void onText(String piece) {
            chunks.increment();
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
            if (errors.sum() == 0) {
                error.printStackTrace();
            }
            errors.increment();
        }
    }
}
