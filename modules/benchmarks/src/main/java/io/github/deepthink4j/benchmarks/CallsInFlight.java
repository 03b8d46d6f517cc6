package io.github.deepthink4j.benchmarks;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How many threads a thousand calls of {@code chatAsync} hold while their answers come at the pace of a model. */
public final class CallsInFlight {

    private static final int CALLS = 1_000;

    /** Twenty pieces a second, for half a minute. */
    private static final Duration BETWEEN_PIECES = Duration.ofMillis(50);

    private static final int PIECES = 600;

    private CallsInFlight() {}

    public static void main(String[] args) throws InterruptedException {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                        .brain(asked ->
                                Answer.text("x".repeat(PIECES)).pieces(1).pause(BETWEEN_PIECES));
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("sk-benchmark")
                        .modelName("deepseek-flash")
                        .build()) {
            int before = clientThreads();
            List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                answers.add(model.chatAsync(request));
            }
            int mostInFlight = 0;
            int mostThreads = 0;
            while (answers.stream().anyMatch(answer -> !answer.isDone())) {
                mostInFlight = Math.max(mostInFlight, deepSeek.runningAnswers());
                mostThreads = Math.max(mostThreads, clientThreads() - before);
                Thread.sleep(100);
            }
            long failed = answers.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .count();
            System.out.println("| Calls | In flight at a time | Threads of the client at most | Failed |");
            System.out.println("|---|---|---|---|");
            System.out.println("| " + CALLS + " | " + mostInFlight + " | " + mostThreads + " | " + failed + " |");
        }
        System.exit(0);
    }

    /** All but the simulator's, which has one for each connection; without their stacks, which would take longer. */
    private static int clientThreads() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[4_000 + all.activeCount()];
        int client = 0;
        for (int i = all.enumerate(threads) - 1; i >= 0; i--) {
            if (!threads[i].getName().startsWith("deepseek-simulator")) {
                client++;
            }
        }
        return client;
    }
}
