package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import io.github.deepthink4j.samples.rag.screen.CleanText;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts sections together from headings, paragraphs and the rows of tables, in the order in which a reader of a format meets them. */
final class SectionBuilder {

    private static final int LEVELS = 6;

    /** A page of a book may have all its text as one heading. */
    private static final int LONGEST_HEADING = 200;

    private final long maxCharacters;
    private final List<Document> sections = new ArrayList<>();
    private final String[] path = new String[LEVELS];
    private final StringBuilder text = new StringBuilder();
    private String place = "";
    private boolean inTable;
    private long characters;

    /** @param maxCharacters more than so many are no document but a trap */
    SectionBuilder(long maxCharacters) {
        this.maxCharacters = maxCharacters;
        Arrays.fill(path, "");
    }

    /** Whatever follows stands here: on a sheet, on a slide, in a chapter. Its headings begin anew. */
    void place(String name) {
        end();
        place = CleanText.inOneLine(name);
        Arrays.fill(path, "");
    }

    /** @param level from 1 */
    void heading(int level, String heading) throws UnreadableDocumentException {
        String line = CleanText.inOneLine(heading);
        if (line.isEmpty()) {
            return;
        }
        if (line.length() > LONGEST_HEADING) {
            paragraph(heading);
            return;
        }
        count(line.length());
        end();
        int at = Math.min(level, LEVELS) - 1;
        path[at] = line;
        Arrays.fill(path, at + 1, LEVELS, "");
    }

    void paragraph(String paragraph) throws UnreadableDocumentException {
        String clean = CleanText.of(paragraph).strip();
        if (!clean.isEmpty()) {
            count(clean.length());
            endTable();
            text.append(clean).append("\n\n");
        }
    }

    /** A table begins; the first row is its header. */
    void table() {
        endTable();
    }

    void row(List<String> cells) throws UnreadableDocumentException {
        List<String> clean = cells.stream().map(MarkdownTable::cell).toList();
        if (clean.stream().allMatch(String::isEmpty)) {
            return;
        }
        String row = MarkdownTable.row(clean);
        count(row.length());
        text.append(row).append('\n');
        if (!inTable) {
            text.append(MarkdownTable.rule(clean.size())).append('\n');
        }
        inTable = true;
    }

    void endTable() {
        if (inTable) {
            text.append('\n');
        }
        inTable = false;
    }

    private void count(long more) throws UnreadableDocumentException {
        characters += more;
        if (characters > maxCharacters) {
            throw new UnreadableDocumentException(Words.of(
                    "it has more than " + (maxCharacters >> 20) + " million characters of text",
                    "文字超过 " + 100 * (maxCharacters >> 20) + " 万字"));
        }
    }

    private void end() {
        endTable();
        if (!text.toString().isBlank()) {
            List<String> headings = new ArrayList<>(List.of(path));
            headings.add(0, place);
            headings.removeIf(String::isEmpty);
            sections.add(TextSections.section(String.join(" > ", headings), text.toString()));
        }
        text.setLength(0);
    }

    List<Document> sections() {
        end();
        return sections;
    }
}
