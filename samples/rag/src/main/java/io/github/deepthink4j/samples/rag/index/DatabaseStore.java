package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A store of its own, such as a database. A document is replaced, vectors and words, in one transaction: whoever asks meanwhile finds
 * all of the one version or all of the other.
 *
 * @param database   that both are in
 * @param embeddings keeps a change as soon as it is made, or with the transaction that it is made in
 * @param words      as well
 * @param indexes    made when an ingest ends
 */
record DatabaseStore(
        Database database, EmbeddingStore<TextSegment> embeddings, PostgresWords words, PostgresIndexes indexes)
        implements PassageStore {

    @Override
    public String name() {
        return database.name();
    }

    @Override
    public void put(Collection<String> former, List<String> ids, List<Embedding> vectors, List<TextSegment> passages)
            throws IOException {
        database.dataSource().run(connection -> {
            if (!former.isEmpty()) {
                remove(former);
            }
            for (int from = 0; from < ids.size(); from += Index.PIECE) {
                int to = Math.min(from + Index.PIECE, ids.size());
                embeddings.addAll(ids.subList(from, to), vectors.subList(from, to), passages.subList(from, to));
                words.add(ids.subList(from, to), passages.subList(from, to));
            }
        });
    }

    @Override
    public void remove(Collection<String> ids) throws IOException {
        database.dataSource().run(connection -> {
            embeddings.removeAll(ids);
            words.remove(ids);
        });
    }

    @Override
    public void removeAll() throws IOException {
        database.dataSource().run(connection -> {
            indexes.drop(connection);
            embeddings.removeAll();
            words.removeAll();
        });
    }

    @Override
    public List<String> finish(BooleanSupplier stop) throws IOException {
        database.dataSource().run(words::upToDate);
        return indexes.finish(stop);
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
