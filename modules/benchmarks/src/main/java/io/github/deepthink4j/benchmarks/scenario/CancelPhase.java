package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.Counts;
import io.github.deepthink4j.benchmarks.server.Script;
import io.github.deepthink4j.benchmarks.server.Script.Hold;
import io.github.deepthink4j.benchmarks.server.ServerControl;
import io.github.deepthink4j.benchmarks.subject.AnswerListener;
import io.github.deepthink4j.benchmarks.subject.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** From cancelling an answer, at one point of it, to the server's seeing that the client has gone. */
record CancelPhase(Hold phase) implements Scenario {

    private static final int TIMES = 200;
    private static final int TIMES_OF_WARM_UP = 100;

    /** What a library may take to do with what has already come. */
    private static final int SETTLE_MILLIS = 20;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    static List<CancelPhase> all() {
        return Arrays.stream(Hold.values()).map(CancelPhase::new).toList();
    }

    String label() {
        return "cancel-" + phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void run(Trial trial) throws Exception {
        Histogram times = new Histogram(3);
        int notClosed = 0;
        try (Subject subject = trial.library().at(trial.server().url(Script.held(phase)));
                ServerControl control = new ServerControl(trial.server())) {
            for (int i = 0; i < trial.many(TIMES_OF_WARM_UP); i++) {
                cancelled(subject, control);
            }
            Window window = new Window(trial.server().pid());
            for (int i = 0; i < trial.many(TIMES); i++) {
                long nanos = cancelled(subject, control);
                if (nanos < 0) {
                    notClosed++;
                } else {
                    times.recordValue(nanos);
                }
            }
            trial.found(Figure.OTHERS, window.others());
        }
        trial.found(Figure.NOT_CLOSED, notClosed);
        if (times.getTotalCount() > 0) {
            trial.found(Figure.CLOSED_MEDIAN, times.getValueAtPercentile(50) / 1e6);
            trial.found(Figure.CLOSED_MAX, times.getMaxValue() / 1e6);
        }
    }

    /** @return nanoseconds, or -1 if the library cannot or does not */
    private long cancelled(Subject subject, ServerControl control) throws InterruptedException {
        Counts before = control.counts();
        Heard heard = new Heard();
        Subject.Cancel answer = subject.stream("Hi", heard);
        if (!comesTrue(() -> control.counts().held() > before.held() && isHeard(heard))) {
            return -1;
        }
        Thread.sleep(SETTLE_MILLIS);
        long cancelled = System.nanoTime();
        if (!answer.cancel() || !comesTrue(() -> control.counts().closes() > before.closes())) {
            return -1;
        }
        return Math.max(0, control.counts().lastClose() - cancelled);
    }

    private static boolean comesTrue(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            Thread.sleep(1);
        }
        return true;
    }

    private boolean isHeard(Heard heard) {
        return switch (phase) {
            case BEFORE_HEAD, AFTER_HEAD -> true;
            case IN_THOUGHT -> heard.thought;
            case IN_TEXT, AT_END -> heard.text;
        };
    }

    private static final class Heard implements AnswerListener {

        private volatile boolean thought;
        private volatile boolean text;

        @Override
        public void onThought(String piece) {
            thought = true;
        }

        @Override
        public void onText(String piece) {
            text = true;
        }

        @Override
        public void onEnd(Object response) {}

        @Override
        public void onError(Throwable error) {}
    }
}
