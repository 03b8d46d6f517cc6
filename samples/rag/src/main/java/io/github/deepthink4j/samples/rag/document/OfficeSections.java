package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** Word, PowerPoint and Excel files, by Tika: a section for each heading, slide or sheet. */
final class OfficeSections implements SectionReader {

    /** So many characters of text in a file of 64 MiB at most; a spreadsheet of a million cells has 10 million. */
    static final long MAX_CHARACTERS = 32L << 20;

    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] ENCRYPTED = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        checkKind(content);
        try {
            Zip.entries(content, name -> false, watch);
            SectionBuilder sections = new SectionBuilder(MAX_CHARACTERS);
            Metadata metadata = new Metadata();
            XhtmlSections handler = new XhtmlSections(sections, watch, content.length);
            try (TikaInputStream in = TikaInputStream.get(content, metadata)) {
                new OOXMLParser().parse(in, handler, metadata, context());
            }
            return sections.sections();
        } catch (IOException | SAXException | TikaException e) {
            throw reason(e);
        }
    }

    private static UnreadableDocumentException reason(Exception error) throws StoppedException {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoppedException stopped) {
                throw stopped;
            }
            if (cause instanceof UnreadableDocumentException unreadable) {
                return unreadable;
            }
        }
        return new UnreadableDocumentException(
                Words.of("it is no Office file that can be read, or is damaged", "不是能读的 Office 文件，或者已损坏"), error);
    }

    private static void checkKind(byte[] content) throws UnreadableDocumentException {
        if (startsWith(content, OLE)) {
            throw new UnreadableDocumentException(
                    contains(content, ENCRYPTED)
                            ? Words.of("it is protected by a password", "文件有密码保护")
                            : Words.of(
                                    "it is of an old Office's kind; save it as .docx, .pptx or .xlsx",
                                    "是旧版 Office 的格式；请另存为 .docx、.pptx 或 .xlsx"));
        }
        if (!Zip.is(content)) {
            throw new UnreadableDocumentException(
                    Words.of("it is no Office file, whatever its name says", "扩展名是 Office 的，内容却不是"));
        }
    }

    private static boolean startsWith(byte[] content, byte[] begin) {
        return content.length >= begin.length && Arrays.equals(content, 0, begin.length, begin, 0, begin.length);
    }

    private static boolean contains(byte[] content, byte[] part) {
        for (int at = 0; at + part.length <= content.length; at++) {
            if (Arrays.equals(content, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** Without what is deleted, repeated on each page or embedded: a file inside is another document. */
    private static ParseContext context() {
        OfficeParserConfig config = new OfficeParserConfig();
        config.setUseSAXDocxExtractor(true);
        config.setUseSAXPptxExtractor(true);
        config.setIncludeDeletedContent(false);
        config.setIncludeMoveFromContent(false);
        config.setIncludeHeadersAndFooters(false);
        config.setIncludeSlideMasterContent(false);
        config.setExtractMacros(false);
        ParseContext context = new ParseContext();
        context.set(OfficeParserConfig.class, config);
        context.set(EmbeddedDocumentExtractor.class, new NoEmbedded());
        return context;
    }

    private static final class NoEmbedded implements EmbeddedDocumentExtractor {

        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {}
    }
}
