package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** The words of passages, while they are written. */
interface WordIndex extends AutoCloseable {

    /** In the place of those under the same ids. */
    void add(List<String> ids, List<TextSegment> passages) throws IOException;

    void remove(Collection<String> ids) throws IOException;

    void removeAll() throws IOException;

    /** Keeps all changes so far, and returns what the catalog calls this state. */
    String keep() throws IOException;

    /** Only this state is needed any more. */
    void clearAway(String kept) throws IOException;

    /** What was not kept is lost. */
    @Override
    void close() throws IOException;
}
