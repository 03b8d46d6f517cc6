package io.github.deepthink4j.agent.consensus;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.internal.http.OwnThreads;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question, asked several times. The caller's thread starts samples, counts what comes back, and stops the rest as soon as
 * that can change nothing; a sample that hangs holds a place of the parallel ones, and nobody else.
 */
final class ConsensusRun {

    /** For the executor to begin a sample, where none runs; longer than a pool that works needs. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Consensus consensus;
    private final StepLog log;
    private final Election election;
    private final BlockingQueue<Sample> ended = new LinkedBlockingQueue<>();
    private final Map<Integer, Sample> running = new TreeMap<>();
    private Duration patience = PATIENCE;

    ConsensusRun(Consensus consensus, ChatRequest request, StepLog log) {
        this.consensus = consensus;
        this.log = log;
        this.election = new Election(consensus, request, log);
    }

    ChatResponse result() {
        try {
            while (!election.isDecided(running.size()) && (startMore() || !running.isEmpty())) {
                count(next());
            }
        } catch (InterruptedException e) {
            stopAll();
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "The call was stopped because its thread was interrupted; all samples have been cancelled.",
                    log.details(),
                    e);
        } finally {
            stopAll();
        }
        return election.elected();
    }

    /** What is stopped is a step from now on, with a cost that nobody knows. */
    private void stopAll() {
        running.values().forEach(sample -> sample.stop(null));
    }

    /** Whether any was started. */
    private boolean startMore() {
        boolean started = false;
        while (election.asksMore(running.size())) {
            PartCall<ChatModel> call = election.ask();
            start(election.asked(), call);
            started = true;
        }
        return started;
    }

    private void start(int number, PartCall<ChatModel> call) {
        Sample sample = new Sample(number, call.part(), call.request(), log, ended::add);
        running.put(number, sample);
        try {
            consensus.executor().execute(sample);
        } catch (Throwable e) {
            sample.refused(e);
        }
    }

    /** The next sample that has ended, by itself or by its limit. */
    private Sample next() throws InterruptedException {
        Duration limit = consensus.sampleTimeout();
        while (true) {
            Sample longest = longestRunning();
            Sample next;
            if (longest == null) {
                next = ended.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            } else if (limit == null) {
                next = ended.take();
            } else {
                next = ended.poll(limit.toNanos() - longest.nanosRun(), TimeUnit.NANOSECONDS);
            }
            if (next != null) {
                return next;
            }
            if (longest == null) {
                lendThread();
            } else if (limit != null) {
                longest.stop(Election.tooLate(limit));
            }
        }
    }

    private @Nullable Sample longestRunning() {
        return running.values().stream()
                .filter(Sample::runs)
                .max(Comparator.comparingLong(Sample::nanosRun))
                .orElse(null);
    }

    /**
     * None runs, so the executor has lost what it was given, is full, or waits for this very call. A sample that waits gets a thread
     * of the library's: one at a time, so that there are no more of them than callers who wait.
     */
    private void lendThread() {
        running.values().stream().filter(sample -> !sample.isDone()).findFirst().ifPresent(sample -> {
            patience = Duration.ZERO;
            sample.begins();
            OwnThreads.run(sample);
        });
    }

    private void count(Sample sample) throws InterruptedException {
        running.remove(sample.number());
        sample.countIn(election);
    }
}
