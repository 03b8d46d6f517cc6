package io.github.deepthink4j.agent.consensus;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartRequests;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.value.PlainWords;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question, asked several times. The caller's thread starts samples, counts what comes back, and stops the rest as soon as
 * that can change nothing; a sample that hangs holds a place of the parallel ones, and nobody else.
 */
final class ConsensusRun {

    private final Consensus consensus;
    private final ChatRequest request;
    private final StepLog log;
    private final Ballot ballot;
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final Map<Integer, Running> running = new TreeMap<>();
    private int asked;
    private int finished;

    ConsensusRun(Consensus consensus, ChatRequest request, StepLog log) {
        this.consensus = consensus;
        this.request = request;
        this.log = log;
        this.ballot = new Ballot(consensus.extractor());
    }

    private record Running(FutureTask<?> task, long startNanos) {}

    /** Exactly one of the two is there. */
    private record Outcome(
            int sample,
            @Nullable ChatResponse response,
            @Nullable RuntimeException error) {}

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
            running.values().forEach(sample -> sample.task().cancel(true));
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

    private void start(int sample) {
        Part<ChatModel> part = consensus.partFor(sample);
        ChatRequest fitted = PartRequests.fitted(PartRequests.named(request, part, consensus.parts()), part);
        FutureTask<?> task = new FutureTask<>(() -> ask(sample, part, fitted), null);
        running.put(sample, new Running(task, System.nanoTime()));
        try {
            consensus.executor().execute(task);
        } catch (RejectedExecutionException e) {
            outcomes.add(new Outcome(sample, null, e));
        }
    }

    private void ask(int sample, Part<ChatModel> part, ChatRequest fitted) {
        try {
            ChatResponse response =
                    log.run(StepKind.SAMPLE, part, () -> part.model().chat(fitted));
            outcomes.add(new Outcome(sample, response, null));
        } catch (RuntimeException e) {
            outcomes.add(new Outcome(sample, null, e));
        } catch (Error e) {
            // Nobody would hear of it, and the caller would wait for this sample for ever.
            outcomes.add(new Outcome(sample, null, new IllegalStateException("A sample has failed: " + e, e)));
        }
    }

    private Outcome next() throws InterruptedException {
        Duration limit = consensus.sampleTimeout();
        if (limit == null) {
            return outcomes.take();
        }
        // Samples start in the order of their numbers, so the first one that still runs has waited longest.
        Iterator<Map.Entry<Integer, Running>> oldest = running.entrySet().iterator();
        Map.Entry<Integer, Running> first = oldest.next();
        long waited = System.nanoTime() - first.getValue().startNanos();
        Outcome outcome = outcomes.poll(limit.toNanos() - waited, TimeUnit.NANOSECONDS);
        if (outcome != null) {
            return outcome;
        }
        first.getValue().task().cancel(true);
        return new Outcome(first.getKey(), null, tooLate(limit));
    }

    private static RuntimeException tooLate(Duration limit) {
        return new DeepSeekTimeoutException(
                "A sample has not been answered within " + PlainWords.of(limit)
                        + ". Try again, or allow more time (sampleTimeout).",
                ErrorDetails.NONE,
                null,
                DeepSeekTimeoutException.Phase.TOTAL);
    }

    private void count(Outcome outcome) {
        if (running.remove(outcome.sample()) == null) {
            // It came too late, and has been counted as failed.
            return;
        }
        finished++;
        if (outcome.response() != null) {
            ballot.add(outcome.sample(), outcome.response());
        } else if (outcome.error() != null) {
            ballot.fail(outcome.sample(), outcome.error());
        }
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
