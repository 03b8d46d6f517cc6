package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** A section for each heading of an HTML page; what is above the first one stands below the page's title. */
final class HtmlSections implements SectionReader {

    private static final Set<String> UNSEEN =
            Set.of("script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object");

    private static final Pattern CHARSET = Pattern.compile(
            "<(?:meta|\\?xml)[^>]*?(?:charset|encoding)\\s*=\\s*[\"']?([\\w.:-]+)", Pattern.CASE_INSENSITIVE);

    /** Where a page must say how it is encoded. */
    private static final int BEGIN = 4096;

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        if (Zip.is(content)) {
            throw new UnreadableDocumentException(Words.of("it is no HTML, whatever its name says", "扩展名是 HTML，内容却不是"));
        }
        org.jsoup.nodes.Document page = Jsoup.parse(decode(content, watch));
        SectionBuilder sections = new SectionBuilder(OfficeSections.MAX_CHARACTERS);
        sections.place(page.selectFirst("h1") == null ? page.title() : "");
        read(page.body(), sections, watch);
        return sections.sections();
    }

    static String decode(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        String begin = new String(content, 0, Math.min(content.length, BEGIN), StandardCharsets.ISO_8859_1);
        Matcher named = CHARSET.matcher(begin);
        return TextEncoding.decode(content, named.find() ? named.group(1) : "", watch);
    }

    /** What a page shows, in order. */
    static void read(Element body, SectionBuilder sections, Watch watch)
            throws UnreadableDocumentException, StoppedException {
        Reader reader = new Reader(sections, watch, body.childNodeSize());
        body.filter(reader);
        if (reader.stopped != null) {
            throw reader.stopped;
        }
        if (reader.unreadable != null) {
            throw reader.unreadable;
        }
        reader.endOfParagraph();
    }

    private static final class Reader implements NodeFilter {

        private final SectionBuilder sections;
        private final Watch watch;
        private final long children;
        private final StringBuilder text = new StringBuilder();
        private long child;
        private StoppedException stopped;
        private UnreadableDocumentException unreadable;

        Reader(SectionBuilder sections, Watch watch, long children) {
            this.sections = sections;
            this.watch = watch;
            this.children = children;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            try {
                if (depth == 1) {
                    watch.check(Math.min(child++, children), children);
                }
                if (node instanceof TextNode words) {
                    text.append(words.getWholeText().replaceAll("[\\s\u00A0]+", " "));
                } else if (node instanceof Element element && depth > 0) {
                    return begin(element);
                }
                return FilterResult.CONTINUE;
            } catch (StoppedException e) {
                stopped = e;
                return FilterResult.STOP;
            } catch (UnreadableDocumentException e) {
                unreadable = e;
                return FilterResult.STOP;
            }
        }

        private FilterResult begin(Element element) throws UnreadableDocumentException {
            String name = element.normalName();
            if (UNSEEN.contains(name)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            if (name.matches("h[1-6]")) {
                endOfParagraph();
                sections.heading(name.charAt(1) - '0', element.text());
                return FilterResult.SKIP_ENTIRELY;
            }
            if (name.equals("pre")) {
                endOfParagraph();
                sections.paragraph("```\n" + element.wholeText().strip() + "\n```");
                return FilterResult.SKIP_ENTIRELY;
            }
            if (name.equals("table") && isOfData(element)) {
                endOfParagraph();
                rows(element);
                return FilterResult.SKIP_ENTIRELY;
            }
            if (name.equals("br")) {
                text.append('\n');
            } else if (element.isBlock()) {
                endOfParagraph();
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            try {
                if (node instanceof Element element && element.isBlock()) {
                    endOfParagraph();
                }
                return FilterResult.CONTINUE;
            } catch (UnreadableDocumentException e) {
                unreadable = e;
                return FilterResult.STOP;
            }
        }

        /** Of many a page a table is but the layout. */
        private static boolean isOfData(Element table) {
            return table.selectFirst("table table, h1, h2, h3, h4, h5, h6") == null
                    && table.select("tr").stream().anyMatch(row -> row.childrenSize() > 1);
        }

        private void rows(Element table) throws UnreadableDocumentException {
            Element caption = table.selectFirst("caption");
            if (caption != null) {
                sections.paragraph(caption.text());
            }
            sections.table();
            for (Element row : table.select("tr")) {
                sections.row(
                        row.select("> td, > th").stream().map(Element::text).toList());
            }
            sections.endTable();
        }

        private void endOfParagraph() throws UnreadableDocumentException {
            String paragraph = text.toString();
            text.setLength(0);
            sections.paragraph(paragraph);
        }
    }
}
