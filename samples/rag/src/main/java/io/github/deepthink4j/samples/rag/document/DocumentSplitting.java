package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From the bytes of a file to its passages: parsed, taken apart by headings, and split where a section is too long. */
public final class DocumentSplitting {

    /**
     * The embedding model reads 256 word pieces well. There is no overlap: the neighbours of a hit are fetched when
     * asked, from which an overlap would have to be cut again.
     */
    public static final int MAX_TOKENS = 200;

    private static final Map<String, SectionReader> READERS = Map.of(
            "md", new MarkdownSections(),
            "markdown", new MarkdownSections(),
            "txt", new TextSections(),
            "text", new TextSections(),
            "pdf", new PdfSections());

    /** So much is split at once: a file of many megabytes must show how far it is, and can be stopped. */
    static final int BLOCK = 32_000;

    /** Follows the splitting of a file. */
    @FunctionalInterface
    public interface Watch {

        /**
         * Told before each block of it.
         *
         * @param done characters that are split
         * @return whether to go on
         */
        boolean goesOn(long done, long all);
    }

    private final DocumentSplitter splitter;

    public DocumentSplitting(TokenCountEstimator estimator) {
        this.splitter = DocumentSplitters.recursive(MAX_TOKENS, 0, estimator);
    }

    public static boolean reads(String file) {
        return reader(file).isPresent();
    }

    /** As the other one, to its end. */
    public List<TextSegment> passages(String file, String version, byte[] content) throws UnreadableDocumentException {
        return passages(file, version, content, (done, all) -> true).orElseThrow();
    }

    /**
     * The passages of a file, in order; nothing if it was stopped before.
     *
     * @param file    its path in the folder
     * @param version goes into the passages' metadata
     * @throws UnreadableDocumentException if nothing can be read from it
     */
    public Optional<List<TextSegment>> passages(String file, String version, byte[] content, Watch watch)
            throws UnreadableDocumentException {
        List<Document> sections = reader(file)
                .orElseThrow(() -> new UnreadableDocumentException("it is of no kind that is read here"))
                .read(content);
        long all =
                sections.stream().mapToLong(section -> section.text().length()).sum();
        long done = 0;
        List<TextSegment> passages = new ArrayList<>();
        for (Document section : sections) {
            for (String block : TextBlocks.of(section.text(), BLOCK)) {
                if (!watch.goesOn(done, all)) {
                    return Optional.empty();
                }
                for (TextSegment piece : splitter.split(Document.from(block))) {
                    Metadata metadata = Metadata.from(Keys.FILE, file)
                            .put(Keys.HEADING, section.metadata().getString(Keys.HEADING))
                            .put(Keys.VERSION, version)
                            .put(Keys.POSITION, passages.size());
                    passages.add(TextSegment.from(piece.text(), metadata));
                }
                done += block.length();
            }
        }
        if (passages.isEmpty()) {
            throw new UnreadableDocumentException("it is empty");
        }
        return Optional.of(passages);
    }

    private static Optional<SectionReader> reader(String file) {
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(READERS.get(extension));
    }
}
