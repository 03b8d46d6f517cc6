package io.github.deepthink4j.benchmarks;

import dev.langchain4j.data.message.ChatMessage;
import io.github.deepthink4j.benchmarks.growth.Turns;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A conversation of a hundred messages, remembered one after the other and read before each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MemoryBenchmark {

    private static final int MESSAGES = 100;

    /** What is kept of them. */
    @Param({"20 messages", "1000 tokens", "all"})
    public String kept;

    private final List<ChatMessage> conversation = Turns.messages(MESSAGES);
    private final DeepSeekTokenCountEstimator estimator = DeepSeekTokenCountEstimator.of(ModelProfile.V4_FLASH);

    @Benchmark
    public List<ChatMessage> remember100Messages() {
        ReasoningChatMemory memory = memory();
        List<ChatMessage> read = List.of();
        for (ChatMessage message : conversation) {
            memory.add(message);
            read = memory.messages();
        }
        return read;
    }

    private ReasoningChatMemory memory() {
        return switch (kept) {
            case "20 messages" -> ReasoningChatMemory.withMaxMessages(20);
            case "1000 tokens" -> ReasoningChatMemory.withMaxTokens(1000, estimator);
            case "all" -> ReasoningChatMemory.withMaxMessages(Integer.MAX_VALUE);
            default -> throw new IllegalArgumentException("kept: " + kept);
        };
    }
}
