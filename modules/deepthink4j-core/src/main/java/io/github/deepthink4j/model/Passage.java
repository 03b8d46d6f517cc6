package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.gate.FailedAttempt;
import io.github.deepthink4j.internal.gate.Gate;
import io.github.deepthink4j.internal.gate.Gate.HeldUp;
import io.github.deepthink4j.internal.gate.Pass;
import io.github.deepthink4j.internal.gate.Pass.Entrance;
import io.github.deepthink4j.internal.gate.Pass.Verdict;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.http.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The way of one call through the gates of its model, one after the other, for each attempt anew. */
final class Passage {

    private final List<Gate> gates;
    private final List<Pass> passes;
    private final Scheduler scheduler;

    Passage(List<Gate> gates, CallFacts call, Scheduler scheduler) {
        this.gates = gates;
        this.passes = gates.stream().map(gate -> gate.pass(call)).toList();
        this.scheduler = scheduler;
    }

    /** Who goes through: one of these is called, once, unless he is taken back before. */
    interface Traveller {

        /** What it throws is thrown by {@link Walk#begin} while that has not returned. */
        void admitted();

        void refused(RuntimeException error);

        /**
         * @param by what has held it up until now
         */
        void waitedTooLong(HeldUp by);

        /** To be admitted has thrown, and there is no caller to hear of it. */
        void broken(Throwable error);
    }

    /** One attempt's way, which is yet to begin. */
    Walk walk(Traveller traveller) {
        return new Walk(traveller);
    }

    void sent() {
        passes.forEach(Pass::sent);
    }

    /** Before the user hears of it: his callback may take its time. */
    void answered(ChatResponse response) {
        passes.forEach(pass -> pass.answered(response));
    }

    /** All are told; the first to whom it is a matter decides. */
    Verdict failed(FailedAttempt attempt) {
        Verdict verdict = Verdict.NO_MATTER;
        for (Pass pass : passes) {
            Verdict one = pass.failed(attempt);
            verdict = verdict == Verdict.NO_MATTER ? one : verdict;
        }
        return verdict;
    }

    /** The call is over, or is never sent. */
    void close() {
        passes.forEach(Pass::close);
    }

    /** One attempt's way. To run it takes the attempt back. */
    final class Walk implements Runnable {

        private final Traveller traveller;
        private final Thread begunOn = Thread.currentThread();
        private final AtomicBoolean over = new AtomicBoolean();
        private boolean begun;
        private volatile int at;
        private volatile @Nullable Runnable timer;

        private Walk(Traveller traveller) {
            this.traveller = traveller;
        }

        /**
         * @param atMost how long to wait at the gates; {@code null} for no limit
         */
        void begin(@Nullable Duration atMost) {
            try {
                enter(0);
            } finally {
                begun = true;
            }
            if (atMost != null && !over.get()) {
                timer = scheduler.schedule(() -> OwnThreads.run(() -> end(this::tellOfTheWait)), atMost);
                if (over.get()) {
                    stopTimer();
                }
            }
        }

        private void enter(int gate) {
            if (gate == passes.size()) {
                end(this::admit);
                return;
            }
            at = gate;
            passes.get(gate).enter(new Entrance() {
                @Override
                public void admitted() {
                    enter(gate + 1);
                }

                @Override
                public void refused(RuntimeException error) {
                    end(() -> traveller.refused(error));
                }
            });
        }

        private void admit() {
            if (begunOn == Thread.currentThread() && !begun) {
                traveller.admitted();
                return;
            }
            try {
                traveller.admitted();
            } catch (Throwable e) {
                traveller.broken(e);
            }
        }

        private void tellOfTheWait() {
            traveller.waitedTooLong(gates.get(at).heldUp());
        }

        private void end(Runnable told) {
            if (over.compareAndSet(false, true)) {
                stopTimer();
                told.run();
            }
        }

        @Override
        public void run() {
            end(() -> {});
        }

        private void stopTimer() {
            Runnable running = timer;
            if (running != null) {
                running.run();
            }
        }
    }
}
