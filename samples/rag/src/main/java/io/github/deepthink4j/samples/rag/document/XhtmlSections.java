package io.github.deepthink4j.samples.rag.document;

import java.util.ArrayList;
import java.util.List;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Makes sections of what Tika tells of an Office file, which is XHTML: a {@code div} for each slide and sheet. */
final class XhtmlSections extends DefaultHandler {

    private final SectionBuilder sections;
    private final Watch watch;
    private final long length;
    private final StringBuilder text = new StringBuilder();
    private final List<String> cells = new ArrayList<>();
    private long told;
    private int tables;
    private int slides;
    private boolean titleExpected;
    private boolean inSheet;

    /** @param length of the file, to tell the watch something */
    XhtmlSections(SectionBuilder sections, Watch watch, long length) {
        this.sections = sections;
        this.watch = watch;
        this.length = length;
    }

    @FunctionalInterface
    private interface Step {
        void take() throws UnreadableDocumentException, StoppedException;
    }

    /** SAX knows no other exceptions than its own. */
    private static void take(Step step) throws SAXException {
        try {
            step.take();
        } catch (UnreadableDocumentException | StoppedException e) {
            throw new SAXException(e);
        }
    }

    @Override
    public void characters(char[] characters, int from, int count) throws SAXException {
        text.append(characters, from, count);
        told += count;
        take(() -> watch.check(Math.min(told, length), length));
    }

    @Override
    public void ignorableWhitespace(char[] characters, int from, int count) {
        text.append(' ');
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes) throws SAXException {
        switch (name) {
            case "div" -> begin(String.valueOf(attributes.getValue("class")));
            case "table" -> {
                if (tables++ == 0) {
                    endOfParagraph();
                    sections.table();
                }
            }
            case "tr" -> {
                if (tables == 1) {
                    cells.clear();
                }
            }
            case "td", "th" -> {
                if (tables == 1) {
                    text.setLength(0);
                }
            }
            case "br" -> text.append('\n');
            case "p", "li", "h1", "h2", "h3", "h4", "h5", "h6" -> endOfParagraph();
            default -> {}
        }
    }

    private void begin(String kind) throws SAXException {
        endOfParagraph();
        if (kind.equals("slide-content")) {
            sections.place("slide " + ++slides);
            titleExpected = true;
        }
        inSheet = kind.equals("sheet") || kind.equals("page");
    }

    @Override
    public void endElement(String uri, String name, String qualified) throws SAXException {
        switch (name) {
            case "table" -> {
                if (--tables == 0) {
                    text.setLength(0);
                    sections.endTable();
                }
            }
            case "tr" -> {
                if (tables == 1) {
                    take(() -> sections.row(cells));
                }
            }
            case "td", "th" -> {
                if (tables == 1) {
                    cells.add(text.toString());
                    text.setLength(0);
                }
            }
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                if (tables == 0) {
                    endOfHeading(name.charAt(1) - '0');
                }
            }
            case "p", "li", "div", "body" -> endOfParagraph();
            default -> {}
        }
    }

    private void endOfHeading(int level) throws SAXException {
        String heading = text.toString();
        text.setLength(0);
        if (inSheet) {
            sections.place("sheet " + heading);
        } else {
            take(() -> sections.heading(level, heading));
        }
    }

    /** Within a cell it is one of several. The first one of a slide is its title. */
    private void endOfParagraph() throws SAXException {
        if (tables > 0) {
            text.append(' ');
            return;
        }
        String paragraph = text.toString().strip();
        text.setLength(0);
        if (paragraph.isEmpty()) {
            return;
        }
        if (titleExpected) {
            titleExpected = false;
            take(() -> sections.heading(1, paragraph));
            // A slide of a title alone says something as well.
        }
        take(() -> sections.paragraph(paragraph));
    }
}
