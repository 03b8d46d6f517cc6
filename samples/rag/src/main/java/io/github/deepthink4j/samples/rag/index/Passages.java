package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.io.IOException;

/**
 * The passages of an index, to be searched.
 *
 * @param embeddings by what they are about
 * @param words      by what stands in them
 */
public record Passages(EmbeddingStore<TextSegment> embeddings, WordSearch words) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        words.close();
    }
}
