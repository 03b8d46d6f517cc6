package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekOcr;
import io.github.deepthink4j.model.OcrResult;
import io.github.deepthink4j.samples.rag.screen.CleanText;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A section for each page that DeepSeek's OCR reads, scanned ones too: PDF, Word, PowerPoint, images. */
public final class DeepSeekPages implements SectionReader {

    private static final long LOOK_MILLIS = 100;

    private final DeepSeekOcr ocr;

    public DeepSeekPages(DeepSeekOcr ocr) {
        this.ocr = ocr;
    }

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        return read("document", content, watch);
    }

    @Override
    public List<Document> read(String file, byte[] content, Watch watch)
            throws UnreadableDocumentException, StoppedException {
        String name = file.substring(file.lastIndexOf('/') + 1);
        List<Document> pages = new ArrayList<>();
        for (OcrResult.Page page : recognized(name, content, watch).pages()) {
            String text = CleanText.of(page.plainText());
            if (!text.isBlank()) {
                // Whoever cites it shall know that something is missing.
                String heading = "page " + page.number() + (page.isComplete() ? "" : Words.of(" (not whole)", "（不完整）"));
                pages.add(TextSections.section(heading, text));
            }
        }
        if (pages.isEmpty()) {
            throw new UnreadableDocumentException(Words.of("DeepSeek reads no text in it", "DeepSeek 没有读出文字"));
        }
        return pages;
    }

    private OcrResult recognized(String name, byte[] content, Watch watch)
            throws UnreadableDocumentException, StoppedException {
        try {
            return await(ocr.recognizeAsync(name, content), watch);
        } catch (StoppedException | UnreadableDocumentException e) {
            throw e;
        } catch (RuntimeException e) {
            // Too large, or empty; nothing was sent.
            throw new UnreadableDocumentException(words(e), e);
        }
    }

    /** It is billed even if it is stopped here: the pages are read at DeepSeek all the same. */
    private static OcrResult await(CompletableFuture<OcrResult> reading, Watch watch)
            throws UnreadableDocumentException, StoppedException {
        while (true) {
            try {
                watch.check(0, 1);
                return reading.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (StoppedException e) {
                reading.cancel(true);
                throw e;
            } catch (InterruptedException e) {
                reading.cancel(true);
                Thread.currentThread().interrupt();
                throw new StoppedException();
            } catch (ExecutionException e) {
                throw new UnreadableDocumentException(words(e.getCause()), e);
            }
        }
    }

    private static String words(Throwable error) {
        String message = Words.explained(error);
        String whole = error instanceof DeepSeekError
                ? Words.of("DeepSeek has not read it: ", "DeepSeek 没有读取它：") + message
                : message;
        return whole.endsWith(".") || whole.endsWith("。") ? whole.substring(0, whole.length() - 1) : whole;
    }
}
