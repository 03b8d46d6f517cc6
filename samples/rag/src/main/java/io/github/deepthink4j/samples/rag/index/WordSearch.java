package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import java.io.IOException;
import java.util.List;

/** Finds passages by the words in them: names, numbers and codes, which an embedding model hardly tells apart. */
public interface WordSearch extends AutoCloseable {

    /** Those with words of the question in them, best first. */
    List<TextSegment> search(String question, int max) throws IOException;

    @Override
    void close() throws IOException;
}
