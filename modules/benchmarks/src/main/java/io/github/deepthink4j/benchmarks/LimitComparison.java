package io.github.deepthink4j.benchmarks;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What becomes of a thousand calls at once at a server that takes twenty at a time: with retries alone, and with a call limit. */
public final class LimitComparison {

    private static final int CALLS = 1_000;
    private static final int AT_A_TIME = 20;
    private static final Duration FOR_AN_ANSWER = Duration.ofMillis(100);

    private LimitComparison() {}

    public static void main(String[] args) {
        System.out.println("| | answered | failed | requests | of them refused | seconds |");
        System.out.println("|---|---|---|---|---|---|");
        row("3 attempts (the default)", RetryPolicy.DEFAULT, null);
        row("10 attempts", RetryPolicy.custom().maxAttempts(10).build(), null);
        row("`CallLimit.atMost(20)`", RetryPolicy.DEFAULT, CallLimit.atMost(AT_A_TIME));
        row("`CallLimit.adaptive()`", RetryPolicy.DEFAULT, CallLimit.adaptive());
        row(
                "`adaptive(1000, 1000)`, which knows nothing",
                RetryPolicy.DEFAULT,
                CallLimit.builder().adaptive(CALLS, CALLS).build());
        System.exit(0);
    }

    private static void row(String name, RetryPolicy policy, @Nullable CallLimit limit) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                .concurrencyLimit(AT_A_TIME)
                .brain(request -> Answer.text("Hi").delay(FOR_AN_ANSWER))) {
            DeepSeekChatModel.Builder builder = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("sk-benchmark")
                    .modelName("deepseek-flash")
                    .retryPolicy(policy);
            if (limit != null) {
                builder.gates(limit);
            }
            try (DeepSeekChatModel model = builder.build()) {
                run(name, deepSeek, model);
            }
        }
    }

    private static void run(String name, DeepSeekSimulator deepSeek, DeepSeekChatModel model) {
        long start = System.nanoTime();
        List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            answers.add(model.chatAsync(ChatRequest.builder()
                    .messages(UserMessage.from("question " + i))
                    .build()));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .handle((all, error) -> error)
                .join();
        double seconds = (System.nanoTime() - start) / 1e9;
        long failed = answers.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
        long refused = deepSeek.requests().stream()
                .filter(request -> request.status() == 429)
                .count();
        System.out.printf(
                "| %s | %,d | %,d | %,d | %,d | %.1f |%n",
                name, CALLS - failed, failed, deepSeek.requests().size(), refused, seconds);
    }
}
