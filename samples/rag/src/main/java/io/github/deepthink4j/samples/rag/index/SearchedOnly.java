package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.util.List;

/** Vectors as a question sees them. What is written an ingest writes, together with the words. */
abstract class SearchedOnly implements EmbeddingStore<TextSegment> {

    @Override
    public final String add(Embedding embedding) {
        throw writtenByAnIngest();
    }

    @Override
    public final void add(String id, Embedding embedding) {
        throw writtenByAnIngest();
    }

    @Override
    public final String add(Embedding embedding, TextSegment segment) {
        throw writtenByAnIngest();
    }

    @Override
    public final List<String> addAll(List<Embedding> embeddings) {
        throw writtenByAnIngest();
    }

    private static UnsupportedOperationException writtenByAnIngest() {
        return new UnsupportedOperationException("an index is written by an ingest");
    }
}
