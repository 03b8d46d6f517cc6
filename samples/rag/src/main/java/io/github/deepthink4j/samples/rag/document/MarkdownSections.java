package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A section for each Markdown heading; inside fenced code a {@code #} is a comment and no heading. */
final class MarkdownSections implements SectionReader {

    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(```+|~~~+).*");

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        List<Document> sections = new ArrayList<>();
        String[] path = {"", "", "", "", "", ""};
        StringBuilder text = new StringBuilder();
        String fence = "";
        String all = TextSections.decode(content, watch);
        long done = 0;
        for (Iterator<String> lines = all.lines().iterator(); lines.hasNext(); ) {
            String line = lines.next();
            watch.check(done, all.length());
            done += line.length() + 1;
            Matcher fenced = FENCE.matcher(line);
            if (fenced.matches() && (fence.isEmpty() || fenced.group(1).startsWith(fence))) {
                fence = fence.isEmpty() ? fenced.group(1) : "";
            }
            Matcher heading = HEADING.matcher(line);
            if (fence.isEmpty() && heading.matches()) {
                addTo(sections, path, text);
                int level = heading.group(1).length();
                path[level - 1] = heading.group(2);
                for (int deeper = level; deeper < path.length; deeper++) {
                    path[deeper] = "";
                }
            } else {
                text.append(line).append('\n');
            }
        }
        addTo(sections, path, text);
        return sections;
    }

    private static void addTo(List<Document> sections, String[] path, StringBuilder text) {
        if (!text.toString().isBlank()) {
            List<String> headings = new ArrayList<>(List.of(path));
            headings.removeIf(String::isBlank);
            sections.add(TextSections.section(String.join(" > ", headings), text.toString()));
        }
        text.setLength(0);
    }
}
