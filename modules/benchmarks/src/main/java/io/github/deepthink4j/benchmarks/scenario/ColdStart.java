package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.Script;
import io.github.deepthink4j.benchmarks.subject.AnswerListener;
import io.github.deepthink4j.benchmarks.subject.Subject;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;

/** The first call of a fresh JVM: from making the model to the end of a short streamed answer. */
record ColdStart() implements Scenario {

    private static final int CHUNKS = 20;

    @Override
    public int jvmsPerPass() {
        return 5;
    }

    @Override
    public void run(Trial trial) {
        Window window = new Window(trial.server().pid());
        long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
        CompletableFuture<Void> over = new CompletableFuture<>();
        AnswerListener listener = new AnswerListener() {
            @Override
            public void onEnd(Object response) {
                over.complete(null);
            }

            @Override
            public void onError(Throwable error) {
                over.completeExceptionally(error);
            }
        };
        String url = trial.server().url(Script.atOnce(CHUNKS, false));
        long began = System.nanoTime();
        try (Subject subject = trial.library().at(url)) {
            subject.stream("Hi", listener);
            over.join();
            trial.found(Figure.FIRST_ANSWER, (System.nanoTime() - began) / 1e6);
            trial.found(
                    Figure.CLASSES, ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - classes);
            trial.found(Figure.OTHERS, window.others());
        }
    }
}
