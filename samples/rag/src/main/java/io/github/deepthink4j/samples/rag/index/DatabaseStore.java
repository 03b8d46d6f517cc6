package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;

/**
 * A store of its own, such as a database.
 *
 * @param name       what the catalog calls it; without a password
 * @param embeddings keeps a change as soon as it is made
 * @param words      as well
 */
record DatabaseStore(String name, EmbeddingStore<TextSegment> embeddings, PostgresWords words) implements PassageStore {

    @Override
    public boolean keepsChangesAtOnce() {
        return true;
    }

    @Override
    public Catalog keep(Catalog catalog) {
        return catalog;
    }

    @Override
    public void clearAway(Catalog catalog) {}

    @Override
    public void close() {}
}
