package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.store.embedding.EmbeddingStore;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.index.Passages;
import io.github.deepthink4j.samples.rag.index.WordSearch;
import java.util.List;
import java.util.Map;

/** Passages as a store would hold them. */
final class RetrievalFixture {

    private RetrievalFixture() {}

    static TextSegment segment(String file, String heading, int position, String text) {
        return TextSegment.from(
                text,
                Metadata.from(Keys.FILE, file)
                        .put(Keys.HEADING, heading)
                        .put(Keys.VERSION, "version of " + file)
                        .put(Keys.POSITION, position));
    }

    /** That are found by meaning alone. */
    static Passages byMeaning(EmbeddingStore<TextSegment> embeddings) {
        return new Passages(embeddings, new WordSearch() {
            @Override
            public List<TextSegment> search(String question, int max) {
                return List.of();
            }

            @Override
            public void close() {}
        });
    }

    static Content hit(double score, TextSegment segment) {
        return Content.from(segment, Map.of(ContentMetadata.SCORE, score));
    }
}
