package io.github.deepthink4j.samples.rag.retrieval;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.document.DocumentSplitting;
import io.github.deepthink4j.samples.rag.screen.Words;

/**
 * How much is retrieved.
 *
 * @param maxHits      passages at most, before their neighbours
 * @param minScore     relevance from 0 to 1 below which a passage is no hit; LangChain4j's, which is (cosine + 1) / 2; {@code null} for
 *                     what was measured for the language of the question
 * @param budgetTokens what goes into a request at most, in tokens
 */
public record RetrievalSettings(int maxHits, Double minScore, int budgetTokens) {

    /** Room for one passage of the longest kind, its heading and its delimiters, in any script. */
    public static final int SMALLEST_BUDGET = 2 * DocumentSplitting.MAX_TOKENS;

    public RetrievalSettings {
        if (maxHits < 1) {
            throw new UsageException(Words.of("--max-hits must be at least 1.", "--max-hits 至少为 1。"));
        }
        if (minScore != null && (minScore < 0 || minScore > 1)) {
            throw new UsageException(Words.of("--min-score must be from 0 to 1.", "--min-score 在 0 到 1 之间。"));
        }
        if (budgetTokens < SMALLEST_BUDGET) {
            throw new UsageException(Words.of(
                    "--budget must be at least " + SMALLEST_BUDGET + " tokens.",
                    "--budget 至少为 " + SMALLEST_BUDGET + " 个 token。"));
        }
    }

    RetrievalSettings withMaxHits(int hits) {
        return new RetrievalSettings(hits, minScore, budgetTokens);
    }

    double minScore(double measured) {
        return minScore == null ? measured : minScore;
    }
}
