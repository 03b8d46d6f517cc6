package io.github.deepthink4j.agent.consensus;

import dev.langchain4j.model.chat.ChatModel;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.profile.PromptLanguage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How to come to a consensus.
 *
 * @param parts          asked in turn
 * @param samples        how many answers to ask for, at most
 * @param maxParallel    how many at a time
 * @param maxTotalTokens when no more are asked for; {@code null} for no bound
 * @param sampleTimeout  after which a sample counts as failed; {@code null} for the part's own timeouts only
 */
record Consensus(
        List<Part<ChatModel>> parts,
        int samples,
        int maxParallel,
        @Nullable Long maxTotalTokens,
        @Nullable Duration sampleTimeout,
        AnswerExtractor extractor,
        PromptLanguage promptLanguage,
        Executor executor) {

    Part<ChatModel> partFor(int sample) {
        return parts.get((sample - 1) % parts.size());
    }
}
