package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.ArrayList;
import java.util.HashMap;
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

    private static final SectionReader MARKDOWN = new MarkdownSections();
    private static final SectionReader TEXT = new TextSections();
    private static final SectionReader OFFICE = guarded(new OfficeSections(), "Office file");
    private static final SectionReader HTML = guarded(new HtmlSections(), "HTML");
    private static final SectionReader CSV = guarded(new CsvSections(), "CSV");

    private static final Map<String, SectionReader> READERS = Map.ofEntries(
            Map.entry("md", MARKDOWN),
            Map.entry("markdown", MARKDOWN),
            Map.entry("txt", TEXT),
            Map.entry("text", TEXT),
            Map.entry("pdf", guarded(new PdfSections(), "PDF")),
            Map.entry("docx", OFFICE),
            Map.entry("pptx", OFFICE),
            Map.entry("xlsx", OFFICE),
            Map.entry("html", HTML),
            Map.entry("htm", HTML),
            Map.entry("xhtml", HTML),
            Map.entry("csv", CSV),
            Map.entry("tsv", CSV),
            Map.entry("epub", guarded(new EpubSections(), "EPUB")));

    /** To be said where a folder holds none of them. */
    public static final String KINDS = ".md, .txt, .pdf, .docx, .pptx, .xlsx, .html, .csv and .epub";

    private static SectionReader guarded(SectionReader reader, String kind) {
        return new GuardedSections(reader, kind, GuardedSections.LIMIT);
    }

    /** So much is split at once: a file of many megabytes must show how far it is, and can be stopped. */
    static final int BLOCK = 32_000;

    /** What DeepSeek's OCR reads besides. */
    private static final List<String> PAGES =
            List.of("pdf", "doc", "docx", "ppt", "pptx", "png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff");

    private final PassageCutter cutter;
    private final Map<String, SectionReader> readers;

    public DocumentSplitting(TokenCountEstimator estimator) {
        this.cutter = new PassageCutter(estimator, MAX_TOKENS);
        this.readers = READERS;
    }

    /** PDF, and what nothing here can read, is read by DeepSeek. */
    public DocumentSplitting(TokenCountEstimator estimator, DeepSeekPages pages) {
        this.cutter = new PassageCutter(estimator, MAX_TOKENS);
        this.readers = new HashMap<>(READERS);
        PAGES.forEach(kind -> readers.put(kind, pages));
    }

    /** Whether a file is of a kind that is read without DeepSeek. */
    public static boolean readsAlone(String file) {
        return READERS.containsKey(extension(file));
    }

    public boolean reads(String file) {
        return readers.containsKey(extension(file));
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
        SectionReader reader = Optional.ofNullable(readers.get(extension(file)))
                .orElseThrow(() ->
                        new UnreadableDocumentException(Words.of("it is of no kind that is read here", "这里读不了这种文件")));
        if (content.length == 0) {
            throw new UnreadableDocumentException(Words.of("it is empty", "文件是空的"));
        }
        try {
            List<TextSegment> passages = split(file, version, reader.read(file, content, watch), watch);
            if (passages.isEmpty()) {
                throw new UnreadableDocumentException(Words.of("it is empty", "文件是空的"));
            }
            return Optional.of(passages);
        } catch (StoppedException e) {
            return Optional.empty();
        }
    }

    private List<TextSegment> split(String file, String version, List<Document> sections, Watch watch)
            throws StoppedException {
        long all =
                sections.stream().mapToLong(section -> section.text().length()).sum();
        long done = 0;
        List<TextSegment> passages = new ArrayList<>();
        for (Document section : sections) {
            String heading = section.metadata().getString(Keys.HEADING);
            String header = "";
            for (String block : TextBlocks.of(section.text(), BLOCK)) {
                watch.check(done, all);
                String whole = header + block;
                header = MarkdownTable.openHeader(whole);
                for (String passage : cutter.cut(whole)) {
                    Metadata metadata = Metadata.from(Keys.FILE, file)
                            .put(Keys.HEADING, heading)
                            .put(Keys.VERSION, version)
                            .put(Keys.POSITION, passages.size());
                    passages.add(TextSegment.from(passage, metadata));
                }
                done += block.length();
            }
        }
        return passages;
    }

    private static String extension(String file) {
        return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
