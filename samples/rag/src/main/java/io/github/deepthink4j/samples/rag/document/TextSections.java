package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import io.github.deepthink4j.samples.rag.screen.CleanText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plain text is one section; its first line is its heading. */
final class TextSections implements SectionReader {

    /** Characters that are decoded at once. */
    private static final int PIECE = 1 << 18;

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        String text = decode(content, watch).strip();
        return text.isEmpty() ? List.of() : List.of(section(firstLine(text), text));
    }

    static Document section(String heading, String text) {
        return Document.from(text.strip(), Metadata.from(Keys.HEADING, heading));
    }

    /** A wrong guess at the encoding would put rubbish into the index, so there is none. */
    static String decode(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer characters = CharBuffer.allocate(PIECE);
        CleanText pieces = new CleanText();
        StringBuilder text = new StringBuilder(content.length);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            watch.check(bytes.position(), content.length);
            result = decoder.decode(bytes, characters, true);
            text.append(pieces.next(characters.flip().toString()));
            characters.clear();
        }
        if (result.isError()) {
            throw new UnreadableDocumentException("it is not UTF-8 text; convert it");
        }
        return text.toString();
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() <= 80 ? line : line.substring(0, 80);
    }
}
