package io.github.deepthink4j.agent.consensus;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.internal.AsyncParts;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Election} that no thread waits for: whoever brings the end of a sample starts the next ones, counts, and stops what can
 * change nothing any more. One thing at a time, whatever happens at once.
 */
final class ConsensusFuture {

    private record Running(
            StepLog.Running step, CompletableFuture<ChatResponse> answer, CompletableFuture<@Nullable Void> limit) {

        void stop() {
            limit.cancel(false);
            if (answer.isDone()) {
                // Too late to count, and not too late to cost something.
                answer.whenComplete(this::ended);
            }
            step.cancelled();
            answer.cancel(true);
        }

        private void ended(@Nullable ChatResponse response, @Nullable Throwable error) {
            if (response != null) {
                step.succeeded(response);
            } else if (error != null) {
                step.failed(AnswerFuture.unwrapped(error));
            }
        }
    }

    private final Consensus consensus;
    private final StepLog log;
    private final AsyncParts parts;
    private final Election election;
    private final AnswerFuture<ChatResponse> answer = new AnswerFuture<>();
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<Integer, Running> running = new TreeMap<>();
    private boolean over;
    private volatile boolean abandoned;

    ConsensusFuture(Consensus consensus, ChatRequest request, StepLog log, AsyncParts parts) {
        this.consensus = consensus;
        this.log = log;
        this.parts = parts;
        this.election = new Election(consensus, request, log);
    }

    CompletableFuture<ChatResponse> begin() {
        answer.stoppedBy(() -> {
            abandoned = true;
            happened(this::stopAll);
        });
        happened(this::goOn);
        return answer;
    }

    private void happened(Runnable event) {
        events.add(event);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        do {
            Runnable next = events.poll();
            if (next != null && !over) {
                run(next);
            }
        } while (waiting.decrementAndGet() > 0);
    }

    private void run(Runnable event) {
        try {
            event.run();
        } catch (Throwable e) {
            stopAll();
            parts.end(() -> answer.failed(e));
        }
    }

    private void stopAll() {
        over = true;
        running.values().forEach(Running::stop);
        running.clear();
    }

    private void goOn() {
        if (abandoned) {
            return;
        }
        boolean decided = election.isDecided(running.size());
        while (!decided && election.asksMore(running.size())) {
            PartCall<ChatModel> call = election.ask();
            ask(election.asked(), call);
        }
        if (decided || running.isEmpty()) {
            stopAll();
            ChatResponse elected = election.elected();
            parts.end(() -> answer.answered(elected));
        }
    }

    private void ask(int number, PartCall<ChatModel> call) {
        StepLog.Running step = log.start(call.kind(), call.part());
        CompletableFuture<ChatResponse> asked =
                step.make(() -> parts.ask(call.part().model(), call.request()));
        CompletableFuture<@Nullable Void> limit = new CompletableFuture<>();
        running.put(number, new Running(step, asked, limit));
        asked.whenComplete((response, error) -> happened(() -> ended(number, response, error)));
        Duration most = consensus.sampleTimeout();
        if (most != null) {
            limit.orTimeout(most.toNanos(), TimeUnit.NANOSECONDS);
            limit.whenComplete((done, error) -> {
                if (error instanceof TimeoutException) {
                    // On the JDK's only thread for such limits, where nobody's listener may take his time.
                    OwnThreads.runSoon(() -> happened(() -> stop(number, Election.tooLate(most))));
                }
            });
        }
    }

    private void ended(int number, ChatResponse response, @Nullable Throwable error) {
        Running sample = running.remove(number);
        if (sample == null) {
            return;
        }
        sample.limit().cancel(false);
        Throwable failure = error == null ? null : AnswerFuture.unwrapped(error);
        if (failure == null) {
            try {
                sample.step().succeeded(response);
            } catch (Throwable e) {
                failure = e;
            }
        }
        if (failure == null) {
            election.answered(number, response);
        } else {
            sample.step().failed(failure);
            election.failed(number, failure);
        }
        goOn();
    }

    private void stop(int number, RuntimeException why) {
        Running sample = running.remove(number);
        if (sample != null) {
            sample.step().failed(why);
            sample.answer().cancel(true);
            election.failed(number, why);
            goOn();
        }
    }
}
