package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.document.BlankDocumentException;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentParser;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.exception.InvalidRequestException;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.value.Blank;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * DeepSeek's OCR as a LangChain4j {@link DocumentParser}: PDF, Word and PowerPoint documents, scanned ones too, and images become text.
 * It stands on OCR and not on uploaded files, since what DeepSeek has read of an upload can't be downloaded (docs/protocol.md, section
 * 2.10). Nothing is kept there, so that there is nothing to delete.
 *
 * <p>A page that is longer than the model could write ends early: it is logged as a warning, and named in the metadata as
 * {@link #INCOMPLETE_PAGES}. Thread-safe.
 */
public final class DeepSeekDocumentParser implements DocumentParser {

    /** In the metadata: how many pages the document has, and were billed. */
    public static final String PAGE_COUNT = "page_count";

    /** In the metadata, where there are any: the numbers of pages whose text is not whole, such as {@code 3, 7}. */
    public static final String INCOMPLETE_PAGES = "incomplete_pages";

    /** In the metadata of a page's own document. */
    public static final String PAGE_NUMBER = "page_number";

    private static final SafeLog LOG = SafeLog.of(DeepSeekDocumentParser.class);

    private final DeepSeekOcr ocr;

    /**
     * @param ocr not closed here
     */
    public DeepSeekDocumentParser(DeepSeekOcr ocr) {
        this.ocr = requireNonNull(ocr, "ocr");
    }

    /**
     * Reads a stream to its end, into memory, and waits for its text.
     *
     * <p>Throws the types of {@code io.github.deepthink4j.error}.
     *
     * @throws BlankDocumentException  if no page has any text
     * @throws InvalidRequestException if it is empty or larger than 100 MiB; before anything is sent
     */
    @Override
    public Document parse(InputStream inputStream) {
        byte[] bytes;
        try {
            bytes = requireNonNull(inputStream, "inputStream").readNBytes(FileUpload.LARGEST_DOCUMENT + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("The document can't be read", e);
        }
        return document(ocr.recognize("document", bytes));
    }

    /** As {@link #parse(InputStream)}, of a file that is not copied into memory. */
    public Document parse(Path file) {
        return document(ocr.recognize(file));
    }

    /** A document of each page that has text, with {@link #PAGE_NUMBER} in its metadata, so that a place can be told. */
    public List<Document> parsePages(Path file) {
        OcrResult result = ocr.recognize(file);
        warn(result);
        List<Document> documents = new ArrayList<>();
        for (OcrResult.Page page : result.pages()) {
            String text = page.plainText();
            if (!Blank.is(text)) {
                Metadata metadata = new Metadata()
                        .put(PAGE_NUMBER, page.number())
                        .put(PAGE_COUNT, result.pages().size());
                if (!page.isComplete()) {
                    metadata.put(INCOMPLETE_PAGES, String.valueOf(page.number()));
                }
                documents.add(Document.from(text, metadata));
            }
        }
        if (documents.isEmpty()) {
            throw new BlankDocumentException();
        }
        return documents;
    }

    private static Document document(OcrResult result) {
        warn(result);
        String text = result.pages().stream()
                .map(OcrResult.Page::plainText)
                .filter(page -> !Blank.is(page))
                .collect(Collectors.joining("\n\n"));
        if (Blank.is(text)) {
            throw new BlankDocumentException();
        }
        Metadata metadata = new Metadata().put(PAGE_COUNT, result.pages().size());
        if (!result.incompletePages().isEmpty()) {
            metadata.put(INCOMPLETE_PAGES, numbers(result));
        }
        return Document.from(text, metadata);
    }

    private static void warn(OcrResult result) {
        if (!result.incompletePages().isEmpty()) {
            LOG.warn("The text of some pages is not whole, since they are longer than the model could write: "
                    + numbers(result));
        }
    }

    private static String numbers(OcrResult result) {
        return result.incompletePages().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
