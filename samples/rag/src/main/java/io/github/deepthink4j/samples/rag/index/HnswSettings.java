package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.Map;

/**
 * How the approximate index of the vectors in a database is made and searched.
 *
 * @param m              neighbours that a passage is tied to
 * @param efConstruction passages that are looked at to find them
 * @param efSearch       passages that are looked at for a question, at least as many as are asked for
 * @param from           so many passages are in the database before there is an index: of fewer each is looked at, which is exact
 */
record HnswSettings(int m, int efConstruction, int efSearch, int from) {

    /** pgvector's own limit, and so the most passages that such an index is asked for. */
    static final int MOST = 1000;

    /** pgvector's own {@code m} and {@code efConstruction}. Its 40 for a search are fewer than are asked for here. */
    static HnswSettings from(Map<String, String> environment) {
        int m = number(environment, "RAG_HNSW_M", 16, 2, 100);
        return new HnswSettings(
                m,
                number(environment, "RAG_HNSW_EF_CONSTRUCTION", Math.max(64, 2 * m), 2 * m, MOST),
                number(environment, "RAG_HNSW_EF_SEARCH", 200, 1, MOST),
                number(environment, "RAG_HNSW_FROM", 10_000, 0, Integer.MAX_VALUE));
    }

    private static int number(Map<String, String> environment, String name, int usual, int least, int most) {
        String given = environment.getOrDefault(name, "").strip();
        if (given.isEmpty()) {
            return usual;
        }
        if (given.matches("\\d{1,9}") && Integer.parseInt(given) >= least && Integer.parseInt(given) <= most) {
            return Integer.parseInt(given);
        }
        String limits = least + (most == Integer.MAX_VALUE ? "" : "-" + most);
        throw new UsageException(Words.of(
                name + " must be a whole number, " + limits + (most == Integer.MAX_VALUE ? " or more." : "."),
                name + " 必须是整数，范围 " + limits + (most == Integer.MAX_VALUE ? " 以上。" : "。")));
    }
}
