package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import java.util.List;

/** Plain text is one section; its first line is its heading. */
final class TextSections implements SectionReader {

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        String text = TextEncoding.decode(content, "", watch).strip();
        return text.isEmpty() ? List.of() : List.of(section(firstLine(text), text));
    }

    static Document section(String heading, String text) {
        return Document.from(text.strip(), Metadata.from(Keys.HEADING, heading));
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() <= 80 ? line : line.substring(0, 80);
    }
}
