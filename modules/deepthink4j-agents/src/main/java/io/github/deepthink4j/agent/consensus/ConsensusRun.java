package io.github.deepthink4j.agent.consensus;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartRequests;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.value.PlainWords;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
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
    private final ChatRequest request;
    private final StepLog log;
    private final Ballot ballot;
    private final BlockingQueue<Sample> ended = new LinkedBlockingQueue<>();
    private final Map<Integer, Sample> running = new TreeMap<>();
    private Duration patience = PATIENCE;
    private int asked;
    private int finished;

    ConsensusRun(Consensus consensus, ChatRequest request, StepLog log) {
        this.consensus = consensus;
        this.request = request;
        this.log = log;
        this.ballot = new Ballot(consensus.extractor());
    }

    ChatResponse result() {
        try {
            while (!ballot.isDecided(outstanding()) && (startMore() || !running.isEmpty())) {
                count(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "The call was stopped because its thread was interrupted; all samples have been cancelled.",
                    ErrorDetails.NONE,
                    e);
        } finally {
            running.values().forEach(sample -> sample.stop(null));
        }
        return elected();
    }

    /** Asked for or not, these may still vote; those that the bound on tokens forbids may not. */
    private int outstanding() {
        return tokensAreUsedUp() ? running.size() : consensus.samples() - finished;
    }

    private boolean tokensAreUsedUp() {
        Long limit = consensus.maxTotalTokens();
        TokenUsage usage = log.usage();
        return limit != null && usage != null && usage.totalTokenCount() != null && usage.totalTokenCount() >= limit;
    }

    /** Whether any was started. */
    private boolean startMore() {
        boolean started = false;
        while (asked < consensus.samples() && running.size() < consensus.maxParallel() && !tokensAreUsedUp()) {
            start(++asked);
            started = true;
        }
        return started;
    }

    private void start(int number) {
        Part<ChatModel> part = consensus.partFor(number);
        ChatRequest fitted = PartRequests.fitted(PartRequests.named(request, part, consensus.parts()), part);
        Sample sample = new Sample(number, part, fitted, log, ended::add);
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
                longest.stop(tooLate(limit));
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

    private static RuntimeException tooLate(Duration limit) {
        return new DeepSeekTimeoutException(
                "A sample has not been answered within " + PlainWords.of(limit)
                        + ". Try again, or allow more time (sampleTimeout).",
                ErrorDetails.NONE,
                null,
                DeepSeekTimeoutException.Phase.TOTAL);
    }

    private void count(Sample sample) throws InterruptedException {
        running.remove(sample.number());
        finished++;
        sample.countIn(ballot);
    }

    private ChatResponse elected() {
        int winner = ballot.winner().orElseThrow(this::allFailed);
        ChatResponse response = ballot.response(winner);
        Part<ChatModel> part = consensus.partFor(winner);
        Provenance maker = new Provenance(part.name(), part.modelName(), null);
        return ChatResponse.builder()
                .aiMessage(maker.on(response.aiMessage()))
                .metadata(log.fill(ConsensusChatResponseMetadata.builder(), response.metadata())
                        .votes(ballot.votes())
                        .asked(asked)
                        .build())
                .build();
    }

    private RuntimeException allFailed() {
        List<RuntimeException> failures = ballot.failures();
        RuntimeException first = failures.get(0);
        failures.stream().filter(failure -> failure != first).forEach(first::addSuppressed);
        return first;
    }
}
