package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import io.github.deepthink4j.samples.rag.screen.CleanText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plain text is one section; its first line is its heading. */
final class TextSections implements SectionReader {

    @Override
    public List<Document> read(byte[] content) throws UnreadableDocumentException {
        String text = decode(content).strip();
        return text.isEmpty() ? List.of() : List.of(section(firstLine(text), text));
    }

    static Document section(String heading, String text) {
        return Document.from(text.strip(), Metadata.from(Keys.HEADING, heading));
    }

    /** A wrong guess at the encoding would put rubbish into the index, so there is none. */
    static String decode(byte[] content) throws UnreadableDocumentException {
        try {
            return CleanText.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new UnreadableDocumentException("it is not UTF-8 text; convert it", e);
        }
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() <= 80 ? line : line.substring(0, 80);
    }
}
