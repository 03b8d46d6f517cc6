package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import java.util.List;

/** Takes a file apart by its headings. */
@FunctionalInterface
interface SectionReader {

    /**
     * The sections in order, each with its {@link Keys#HEADING}; none is blank.
     *
     * @param watch told now and then, since a large file is long to read too
     */
    List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException;
}
