package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.io.IOException;

/** Where the passages are. To use another store of LangChain4j, return it from {@link Stores}. */
interface PassageStore extends AutoCloseable {

    EmbeddingStore<TextSegment> embeddings();

    WordIndex words();

    /** What the catalog calls it; without a password. */
    String name();

    /** Whether a change is kept as soon as it is made, as in a database. */
    boolean keepsChangesAtOnce();

    /** Keeps all changes so far, and returns the catalog that says where. */
    Catalog keep(Catalog catalog) throws IOException;

    /** Removes what no catalog refers to any more. */
    void clearAway(Catalog catalog) throws IOException;

    /** What was not kept is lost. */
    @Override
    void close() throws IOException;
}
