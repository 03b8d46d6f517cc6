package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.thorough.OnlyThorough;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Futures of many users at a time. */
@Timeout(120)
class ManyFuturesTest {

    private static final int CALLS = 1_000;

    /** What a thousand calls in flight may hold, as a thousand streams may. */
    private static final int THREADS = 110;

    private static DeepSeekChatModel.Builder model(DeepSeekSimulator deepSeek) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE);
    }

    private static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    @Test
    @OnlyThorough
    void should_hold_few_threads_for_a_thousand_calls_in_flight() throws Exception {
        CountDownLatch here = new CountDownLatch(CALLS);
        int before = threadsOfOurs();
        int most = 0;
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).brain(request -> {
                    here.countDown();
                    await(here);
                    return Answer.text("an answer that takes a while, in many pieces of some letters")
                            .pieces(3)
                            .pause(Duration.ofMillis(100));
                });
                DeepSeekChatModel model = model(deepSeek).build()) {
            List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                answers.add(model.chatAsync(saying("question " + i)));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                most = Math.max(most, threadsOfOurs());
                Thread.sleep(20);
            }
            all.get();
        }
        assertThat(most - before).isLessThanOrEqualTo(THREADS);
    }

    @Test
    @OnlyThorough
    void should_leave_no_connection_open_when_a_thousand_are_cancelled() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                        .brain(request -> request.lastUserText().endsWith("0")
                                ? Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS)
                                : Answer.text("never").fault(Fault.STALL_SILENT));
                DeepSeekChatModel model = model(deepSeek).build()) {
            List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                answers.add(model.chatAsync(saying("question " + i)));
            }
            until(() -> deepSeek.runningAnswers() == CALLS);

            answers.forEach(answer -> answer.cancel(true));

            until(() -> deepSeek.openConnections() == 0 && deepSeek.runningAnswers() == 0);
            assertThat(answers).allMatch(CompletableFuture::isCancelled);
        }
    }

    private enum Manner {
        ASKS,
        FAILS,
        CANCELS,
        IS_INTERRUPTED,
        THROWS_AT_THE_END
    }

    /** Half of the users are fine, and get their own answers; the others fail in every way, beside them. */
    @Test
    void should_answer_beside_those_that_fail_are_cancelled_and_interrupted() throws Exception {
        int users = 200;
        Set<String> wrong = new ConcurrentSkipListSet<>();
        HeardCalls heard = new HeardCalls();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).brain(ManyFuturesTest::answer);
                DeepSeekChatModel model = model(deepSeek).listeners(heard).build()) {
            List<CompletableFuture<?>> ends = new ArrayList<>();
            for (int i = 0; i < users; i++) {
                Manner manner = i % 2 == 0 ? Manner.ASKS : Manner.values()[1 + i / 2 % 4];
                ends.add(user(manner, i, model, wrong));
            }
            for (CompletableFuture<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
            until(() -> deepSeek.runningAnswers() == 0);
        }
        assertThat(wrong).isEmpty();
        assertThat(heard.ends())
                .filteredOn("request"::equals)
                .as("one for each call")
                .hasSize(users);
        assertThat(heard.ends())
                .filteredOn(end -> !end.equals("request"))
                .as("one for each call that was not cancelled")
                .hasSize(users - users / 8);
    }

    private static Answer answer(SimulatedRequest request) {
        String text = request.lastUserText();
        if (text.startsWith(Manner.FAILS.name())) {
            return Answer.error(503, "busy");
        }
        return text.startsWith(Manner.CANCELS.name()) || text.startsWith(Manner.IS_INTERRUPTED.name())
                ? Answer.text("never").fault(Fault.STALL_SILENT)
                : Answer.text(text).pieces(2).pause(Duration.ofMillis(5));
    }

    private static CompletableFuture<?> user(Manner manner, int number, DeepSeekChatModel model, Set<String> wrong) {
        String question = manner + " " + number;
        if (manner == Manner.IS_INTERRUPTED) {
            return interrupted(question, model, wrong);
        }
        CompletableFuture<ChatResponse> answer = model.chatAsync(saying(question));
        return switch (manner) {
            case ASKS ->
                answer.thenAccept(response -> {
                    if (!question.equals(response.aiMessage().text())) {
                        wrong.add(question + " got " + response.aiMessage().text());
                    }
                });
            case FAILS ->
                answer.handle((response, error) -> error instanceof ServerOverloadedException || wrong.add(question));
            case CANCELS ->
                CompletableFuture.runAsync(() -> {
                    answer.cancel(true);
                    if (!answer.isCancelled()) {
                        wrong.add(question);
                    }
                });
            default ->
                answer.thenAccept(response -> {
                            throw new AssertionError("expected by this test");
                        })
                        .handle((nothing, error) -> error != null || wrong.add(question));
        };
    }

    /** By a thread of its own, which is interrupted while it waits. */
    private static CompletableFuture<?> interrupted(String question, DeepSeekChatModel model, Set<String> wrong) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                model.chat(saying(question));
                wrong.add(question);
            } catch (CallInterruptedException e) {
                // As it must be.
            } catch (RuntimeException e) {
                wrong.add(question + " " + e);
            }
            end.complete(null);
        });
        caller.start();
        caller.interrupt();
        return end;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without their stacks, which would take longer than the calls: the simulator has a thread for each of them. */
    private static int threadsOfOurs() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[4_000 + all.activeCount()];
        int ours = 0;
        for (int i = all.enumerate(threads) - 1; i >= 0; i--) {
            String name = threads[i].getName();
            if (name.startsWith("deepthink4j-") || name.startsWith("HttpClient-")) {
                ours++;
            }
        }
        return ours;
    }
}
