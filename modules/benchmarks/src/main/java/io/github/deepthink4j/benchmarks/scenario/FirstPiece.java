package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.Script;
import io.github.deepthink4j.benchmarks.subject.AnswerListener;
import io.github.deepthink4j.benchmarks.subject.Subject;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/** One call after the other on a warm JVM: from asking to the first piece, from a server that answers at once. */
record FirstPiece() implements Scenario {

    private static final int CHUNKS = 4;

    @Override
    public void run(Trial trial) {
        try (Subject subject = trial.library().at(trial.server().url(Script.atOnce(CHUNKS, false)))) {
            askFor(trial.warmUp().toNanos(), subject);
            Window window = new Window(trial.server().pid());
            Histogram times = askFor(trial.measured().toNanos(), subject);
            trial.found(Figure.FIRST_PIECE_P50, times.getValueAtPercentile(50) / 1e3);
            trial.found(Figure.FIRST_PIECE_P99, times.getValueAtPercentile(99) / 1e3);
            trial.found(Figure.OTHERS, window.others());
        }
    }

    private static Histogram askFor(long nanos, Subject subject) {
        Histogram times = new Histogram(3);
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            First first = new First();
            long asked = System.nanoTime();
            subject.stream("Hi", first);
            first.over.join();
            times.recordValue(first.came - asked);
        }
        return times;
    }

    private static final class First implements AnswerListener {

        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private long came;

        @Override
        public void onThought(String piece) {
            if (came == 0) {
                came = System.nanoTime();
            }
        }

        @Override
        public void onEnd(Object response) {
            over.complete(null);
        }

        @Override
        public void onError(Throwable error) {
            over.completeExceptionally(error);
        }
    }
}
