package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Where the passages are. To use another store of LangChain4j, return it from {@link Stores}. */
interface PassageStore extends AutoCloseable {

    /**
     * In the place of those under the same ids.
     *
     * @param former go away with it
     */
    void put(Collection<String> former, List<String> ids, List<Embedding> embeddings, List<TextSegment> passages)
            throws IOException;

    void remove(Collection<String> ids) throws IOException;

    void removeAll() throws IOException;

    /** What the catalog calls it; without a password. */
    String name();

    /** Whether a change is kept as soon as it is made, as in a database. */
    boolean keepsChangesAtOnce();

    /** Keeps all changes so far, and returns the catalog that says where. */
    Catalog keep(Catalog catalog) throws IOException;

    /**
     * Makes what is quicker to make when all changes are there, or what an earlier version of this program has not made.
     *
     * @param stop ends it soon; the next one does it then
     * @return what there is to say of it
     */
    default List<String> finish(BooleanSupplier stop) throws IOException {
        return List.of();
    }

    /** Removes what no catalog refers to any more. */
    void clearAway(Catalog catalog) throws IOException;

    /** What was not kept is lost. */
    @Override
    void close() throws IOException;
}
