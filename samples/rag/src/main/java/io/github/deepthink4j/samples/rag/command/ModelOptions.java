package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.retrieval.RetrievalSettings;
import picocli.CommandLine.Option;

/** How much is retrieved. */
final class ModelOptions {

    @Option(
            names = "--max-hits",
            paramLabel = "N",
            defaultValue = "6",
            description = "passages to find at most (default: ${DEFAULT-VALUE})")
    int maxHits;

    @Option(
            names = "--min-score",
            paramLabel = "SCORE",
            description = {
                "relevance from 0 to 1 below which a passage is passed over",
                "(default: 0.62 for an English question and 0.72 for a Chinese one)"
            })
    Double minScore;

    @Option(
            names = "--budget",
            paramLabel = "TOKENS",
            defaultValue = "3000",
            description = "what the passages of a request may take (default: ${DEFAULT-VALUE})")
    int budgetTokens;

    @Option(
            names = "--check-model",
            description = {
                "have the cheap model check each cited sentence too, in one call for all; without it, rules do.",
                "The answer is then shown when it is complete"
            })
    boolean checkModel;

    @Option(
            names = "--rerank",
            description = "have the cheap model put what was found in order, in one call for each question")
    boolean rerank;

    RetrievalSettings retrieval() {
        return new RetrievalSettings(maxHits, minScore, budgetTokens);
    }
}
