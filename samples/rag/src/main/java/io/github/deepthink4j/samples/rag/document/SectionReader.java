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

    /**
     * The same where the name of the file is of use.
     *
     * @param file its path in the folder
     */
    default List<Document> read(String file, byte[] content, Watch watch)
            throws UnreadableDocumentException, StoppedException {
        return read(content, watch);
    }
}
