package io.github.deepthink4j.samples.rag.simulator;

import io.github.deepthink4j.testkit.script.ServiceAnswer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** What OCR would read of a PDF, from the text that it has in it; anything else is refused. */
public final class PageText {

    private PageText() {}

    public static ServiceAnswer of(SimulatedRequest request) {
        try (PDDocument pdf = Loader.loadPDF(file(request.rawBody()))) {
            List<String> pages = new ArrayList<>();
            for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                pages.add(stripper.getText(pdf).strip());
            }
            return ServiceAnswer.pages(pages.toArray(String[]::new));
        } catch (IOException | RuntimeException e) {
            return ServiceAnswer.error(400, "the simulator reads undamaged PDF files alone");
        }
    }

    /** The last part of the form. */
    private static byte[] file(byte[] form) {
        // One byte, one character: places in the text are places in the bytes.
        String text = new String(form, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("filename=\"");
        int begin = text.indexOf("\r\n\r\n", head) + 4;
        int end = text.lastIndexOf("\r\n--", text.length() - 3);
        return Arrays.copyOfRange(form, begin, Math.max(begin, end));
    }
}
