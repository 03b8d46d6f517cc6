package io.github.deepthink4j.benchmarks.growth;

import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.util.List;
import java.util.function.Supplier;

/** Conversations that grow message by message in a {@code ReasoningChatMemory}. */
final class Memories {

    private static final int[] MESSAGES = {10, 100, 1000, 5000};

    /** Larger than any of the conversations. */
    private static final int ALL_TOKENS = 10_000_000;

    private Memories() {}

    static List<GrowthTable> tables() {
        return List.of(
                table("memory that keeps all", () -> ReasoningChatMemory.withMaxMessages(Integer.MAX_VALUE)),
                table("memory that keeps 100 messages", () -> ReasoningChatMemory.withMaxMessages(100)),
                table(
                        "memory with a limit of tokens that is not reached",
                        () -> ReasoningChatMemory.withMaxTokens(
                                ALL_TOKENS, DeepSeekTokenCountEstimator.of(ModelProfile.V4_FLASH))),
                table(
                        "memory with a limit of 4,000 tokens",
                        () -> ReasoningChatMemory.withMaxTokens(
                                4000, DeepSeekTokenCountEstimator.of(ModelProfile.V4_FLASH))));
    }

    private static GrowthTable table(String name, Supplier<ReasoningChatMemory> memory) {
        return new GrowthTable(name, "messages", MESSAGES, size -> () -> {
            ReasoningChatMemory conversation = memory.get();
            for (int i = 0; i < size; i++) {
                conversation.add(Turns.message(i));
            }
        });
    }
}
