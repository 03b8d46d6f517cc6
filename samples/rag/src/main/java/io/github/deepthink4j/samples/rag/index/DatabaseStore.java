package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * A store of its own, such as a database.
 *
 * @param name       what the catalog calls it; without a password
 * @param embeddings keeps a change as soon as it is made
 * @param words      as well
 */
record DatabaseStore(String name, EmbeddingStore<TextSegment> embeddings, PostgresWords words) implements PassageStore {

    @Override
    public void put(List<String> ids, List<Embedding> vectors, List<TextSegment> passages) throws IOException {
        embeddings.addAll(ids, vectors, passages);
        words.add(ids, passages);
    }

    @Override
    public void remove(Collection<String> ids) throws IOException {
        embeddings.removeAll(ids);
        words.remove(ids);
    }

    @Override
    public void removeAll() throws IOException {
        embeddings.removeAll();
        words.removeAll();
    }

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
