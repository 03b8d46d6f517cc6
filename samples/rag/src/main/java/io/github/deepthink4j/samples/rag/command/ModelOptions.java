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
            defaultValue = "0.62",
            description = {
                "relevance from 0 to 1 below which a passage is passed over (default: ${DEFAULT-VALUE},",
                "measured on the English texts of the folder corpus; means nothing in another language)"
            })
    double minScore;

    @Option(
            names = "--budget",
            paramLabel = "TOKENS",
            defaultValue = "3000",
            description = "what the passages of a request may take (default: ${DEFAULT-VALUE})")
    int budgetTokens;

    RetrievalSettings retrieval() {
        return new RetrievalSettings(maxHits, minScore, budgetTokens);
    }
}
