package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** An e-book: its chapters are HTML pages in an archive, in the order that its package names. */
final class EpubSections implements SectionReader {

    private static final String CONTAINER = "META-INF/container.xml";
    private static final String ENCRYPTION = "META-INF/encryption.xml";

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        if (!Zip.is(content)) {
            throw new UnreadableDocumentException(Words.of("it is no EPUB, whatever its name says", "扩展名是 EPUB，内容却不是"));
        }
        try {
            Map<String, byte[]> files = Zip.entries(content, EpubSections::isOfText, watch);
            SectionBuilder sections = new SectionBuilder(OfficeSections.MAX_CHARACTERS);
            int number = 0;
            for (String chapter : chapters(files)) {
                number++;
                if (files.containsKey(chapter)) {
                    checkReadable(files, chapter);
                    Element page = Jsoup.parse(HtmlSections.decode(files.get(chapter), watch))
                            .body();
                    sections.place(page.selectFirst("h1, h2, h3, h4, h5, h6") == null ? "chapter " + number : "");
                    HtmlSections.read(page, sections, watch);
                }
            }
            return sections.sections();
        } catch (IOException e) {
            throw new UnreadableDocumentException(damaged(), e);
        }
    }

    private static String damaged() {
        return Words.of("it is no EPUB that can be read, or is damaged", "不是能读的 EPUB，或者已损坏");
    }

    private static boolean isOfText(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".xhtml")
                || lower.endsWith(".html")
                || lower.endsWith(".htm")
                || lower.endsWith(".xml")
                || lower.endsWith(".opf");
    }

    /** Read as HTML is: a parser that knows no entities but HTML's cannot be led to another file, or into a flood of them. */
    private static Element xml(Map<String, byte[]> files, String name) throws UnreadableDocumentException {
        byte[] file = files.get(name);
        if (file == null) {
            throw new UnreadableDocumentException(damaged());
        }
        return Jsoup.parse(new String(file, StandardCharsets.UTF_8), Parser.xmlParser());
    }

    private static List<String> chapters(Map<String, byte[]> files) throws UnreadableDocumentException {
        Element root = xml(files, CONTAINER).selectFirst("rootfile");
        String packagePath = root == null ? "" : root.attr("full-path");
        Element book = xml(files, packagePath);
        Map<String, String> paths = new HashMap<>();
        for (Element item : book.select("manifest > item")) {
            paths.put(item.attr("id"), beside(packagePath, item.attr("href")));
        }
        return book.select("spine > itemref").stream()
                .map(item -> paths.getOrDefault(item.attr("idref"), ""))
                .toList();
    }

    /** Within the archive: nothing is looked for outside. */
    private static String beside(String packagePath, String href) {
        String file = URLDecoder.decode(href.replaceFirst("#.*", "").replace("+", "%2B"), StandardCharsets.UTF_8);
        return Path.of("/" + packagePath)
                .resolveSibling(file)
                .normalize()
                .toString()
                .replace('\\', '/')
                .replaceFirst("^/", "");
    }

    /** Fonts may be encrypted in a book that is free. */
    private static void checkReadable(Map<String, byte[]> files, String chapter) throws UnreadableDocumentException {
        if (files.containsKey(ENCRYPTION)
                && xml(files, ENCRYPTION).getAllElements().stream()
                        .anyMatch(element -> element.attr("URI").equals(chapter))) {
            throw new UnreadableDocumentException(
                    Words.of("it is protected against being read by other programs", "有版权保护，其他程序读不了"));
        }
    }
}
