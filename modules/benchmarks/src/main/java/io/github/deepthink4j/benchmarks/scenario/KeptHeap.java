package io.github.deepthink4j.benchmarks.scenario;

import io.github.deepthink4j.benchmarks.server.Script;
import io.github.deepthink4j.benchmarks.subject.AnswerListener;
import io.github.deepthink4j.benchmarks.subject.Subject;
import java.util.concurrent.CompletableFuture;

/** What is kept of a long answer when it is over: the response, or the text where a library gives pieces only. */
record KeptHeap() implements Scenario {

    private static final int CHUNKS = 32_500;

    @Override
    public void run(Trial trial) throws Exception {
        try (Subject subject = trial.library().at(trial.server().url(Script.atOnce(CHUNKS, false)))) {
            for (int i = 0; i < trial.many(10); i++) {
                answer(subject);
            }
            Window window = new Window(trial.server().pid());
            long before = Garbage.reachable();
            Object answer = answer(subject);
            long after = Garbage.reachable();
            trial.found(Figure.KEPT, (after - before) / 1e3);
            trial.found(Figure.OTHERS, window.others());
            java.lang.ref.Reference.reachabilityFence(answer);
        }
    }

    private static Object answer(Subject subject) {
        Whole whole = new Whole();
        subject.stream("Hi", whole);
        return whole.over.join();
    }

    private static final class Whole implements AnswerListener {

        private final CompletableFuture<Object> over = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public void onThought(String piece) {
            text.append(piece);
        }

        @Override
        public void onText(String piece) {
            text.append(piece);
        }

        @Override
        public void onEnd(Object response) {
            over.complete(response == null ? text.toString() : response);
        }

        @Override
        public void onError(Throwable error) {
            over.completeExceptionally(error);
        }
    }
}
