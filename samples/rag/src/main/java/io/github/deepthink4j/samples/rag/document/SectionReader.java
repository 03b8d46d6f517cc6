package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import java.util.List;

/** Takes a file apart by its headings. */
@FunctionalInterface
interface SectionReader {

    /** The sections in order, each with its {@link Keys#HEADING}; none is blank. */
    List<Document> read(byte[] content) throws UnreadableDocumentException;
}
