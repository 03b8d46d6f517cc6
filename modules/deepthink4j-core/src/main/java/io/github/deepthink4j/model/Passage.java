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
import io.github.deepthink4j.internal.log.SafeLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call through the gates of its model, one after the other, for each attempt anew. Whatever a gate throws, the call
 * has its end, and the other gates hear of it.
 */
final class Passage {

    private final List<Gate> gates;
    private final List<Pass> passes;
    private final Scheduler scheduler;
    private final SafeLog log;

    /** Throws what a gate throws: nothing has begun. */
    Passage(List<Gate> gates, CallFacts call, Scheduler scheduler, SafeLog log) {
        this.gates = gates;
        this.passes = gates.stream().map(gate -> gate.pass(call)).toList();
        this.scheduler = scheduler;
        this.log = log;
    }

    /** Who goes through: one of these is called, once, unless he is taken back before. */
    interface Traveller {

        /** What it throws is thrown by {@link Walk#begin} while that has not returned, and is told to {@link #broken} later. */
        void admitted();

        void refused(RuntimeException error);

        /**
         * @param by what has held it up until now
         */
        void waitedTooLong(HeldUp by);

        /** A gate has thrown, or to be admitted has, and there is no caller to hear of it. */
        void broken(Throwable error);
    }

    /** One attempt's way, which is yet to begin. */
    Walk walk(Traveller traveller) {
        return new Walk(traveller);
    }

    /** Throws what a gate throws: then nothing may be sent. */
    void sent() {
        passes.forEach(Pass::sent);
    }

    /** Before the user hears of it: his callback may take its time. He gets the answer, whatever a gate makes of it. */
    void answered(ChatResponse response) {
        tellAll("that it was answered", pass -> pass.answered(response));
    }

    /** All are told; the first to whom it is a matter decides. One that throws lets no further attempt through. */
    Verdict failed(FailedAttempt attempt) {
        Verdict verdict = Verdict.NO_MATTER;
        for (Pass pass : passes) {
            Verdict one;
            try {
                one = pass.failed(attempt);
            } catch (Throwable e) {
                suppress(attempt.error(), e);
                one = Verdict.GIVE_UP;
            }
            verdict = verdict == Verdict.NO_MATTER ? one : verdict;
        }
        return verdict;
    }

    /** The call is over, or is never sent. */
    void close() {
        tellAll("its end", Pass::close);
    }

    private void tellAll(String of, Consumer<Pass> told) {
        for (Pass pass : passes) {
            try {
                told.accept(pass);
            } catch (Throwable e) {
                log.warn("What a call has to pass has thrown when it was told " + of + "; this is ignored", e);
            }
        }
    }

    /** Nothing can be a suppressed exception of its own. */
    static void suppress(Throwable error, @Nullable Throwable beside) {
        if (beside != null && beside != error) {
            error.addSuppressed(beside);
        }
    }

    /** One attempt's way. To run it takes the attempt back. */
    final class Walk implements Runnable {

        private final Traveller traveller;
        private final Thread begunOn = Thread.currentThread();
        private final AtomicBoolean over = new AtomicBoolean();
        private boolean begun;
        private @Nullable Throwable thrown;
        private volatile int at;
        private volatile @Nullable Runnable timer;

        private Walk(Traveller traveller) {
            this.traveller = traveller;
        }

        /**
         * Throws what goes wrong until it returns.
         *
         * @param atMost how long to wait at the gates; {@code null} for no limit
         */
        void begin(@Nullable Duration atMost) {
            enter(0);
            begun = true;
            if (thrown != null) {
                Passage.<RuntimeException>rethrow(thrown);
            }
            if (atMost != null && !over.get()) {
                timer = scheduler.schedule(() -> OwnThreads.run(() -> end(this::tellOfTheWait)), atMost);
                if (over.get()) {
                    stopTimer();
                }
            }
        }

        /** Throws nothing: a gate may tell of an entrance on a thread where nobody would hear of it. */
        private void enter(int gate) {
            if (over.get()) {
                return;
            }
            if (gate == passes.size()) {
                end(traveller::admitted);
                return;
            }
            at = gate;
            try {
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
            } catch (Throwable e) {
                if (over.get()) {
                    log.warn(
                            "What a call has to pass has thrown after it has let it in or refused it; this is ignored",
                            e);
                } else {
                    end(() -> Passage.<RuntimeException>rethrow(e));
                }
            }
        }

        private void tellOfTheWait() {
            HeldUp held = passes.get(at).heldUp();
            traveller.waitedTooLong(held == null ? gates.get(at).heldUp() : held);
        }

        private void end(Runnable told) {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            stopTimer();
            try {
                told.run();
            } catch (Throwable e) {
                if (begunOn == Thread.currentThread() && !begun) {
                    thrown = e;
                } else {
                    traveller.broken(e);
                }
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

    /** What is checked, too, though nothing declares it. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
