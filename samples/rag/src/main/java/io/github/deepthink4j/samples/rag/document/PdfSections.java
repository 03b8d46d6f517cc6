package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import io.github.deepthink4j.samples.rag.screen.CleanText;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** A section for each page of a PDF: a page is what a reader can find again. */
final class PdfSections implements SectionReader {

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        try (PDDocument pdf = Loader.loadPDF(content)) {
            List<Document> pages = new ArrayList<>();
            for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
                watch.check(page - 1, pdf.getNumberOfPages());
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                stripper.setSortByPosition(true);
                stripper.setParagraphEnd("\n\n");
                String text = CleanText.of(stripper.getText(pdf)).replaceAll("\\s*\n\\s*\n\\s*", "\n\n");
                if (!text.isBlank()) {
                    pages.add(TextSections.section("page " + page, text));
                }
            }
            if (pages.isEmpty()) {
                throw new UnreadableDocumentException(Words.of(
                        "it is of scanned pages without text;"
                                + " --parser deepseek reads them, or have an OCR program put the text in",
                        "是没有文字的扫描件；可用 --parser deepseek 读取，或先用 OCR 程序加上文字"));
            }
            return pages;
        } catch (InvalidPasswordException e) {
            throw new UnreadableDocumentException(Words.of("it is protected by a password", "文件有密码保护"), e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A parser of foreign bytes fails in more ways than it declares.
            throw new UnreadableDocumentException(
                    Words.of("it is no PDF that can be read, or is damaged", "不是能读的 PDF，或者已损坏"), e);
        }
    }
}
