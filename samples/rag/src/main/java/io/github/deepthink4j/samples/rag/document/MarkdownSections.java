package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A section for each Markdown heading; inside fenced code a {@code #} is a comment and no heading. Of what a page says of itself above its
 * text (YAML between lines of three hyphens, or TOML between plus signs) only the title is read.
 */
final class MarkdownSections implements SectionReader {

    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*");
    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\A(---|\\+\\+\\+)[ \t]*\n((?:.*\n){0,200}?)\\1[ \t]*(\n|\\z)");
    private static final Pattern KEY = Pattern.compile("(?m)^[\\w.-]+[ \t]*[:=]");
    private static final Pattern TITLE = Pattern.compile("(?mi)^title[ \t]*[:=][ \t]*([\"']?)(.+?)\\1[ \t]*$");

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        List<Document> sections = new ArrayList<>();
        String[] path = {"", "", "", "", "", ""};
        StringBuilder text = new StringBuilder();
        Fence fence = new Fence();
        String all = TextEncoding.decode(content, "", watch);
        Matcher front = FRONT_MATTER.matcher(all);
        boolean hasFront = front.find() && KEY.matcher(front.group(2)).find();
        if (hasFront) {
            Matcher title = TITLE.matcher(front.group(2));
            path[0] = title.find() ? title.group(2) : "";
            all = all.substring(front.end());
        }
        long done = 0;
        for (Iterator<String> lines = all.lines().iterator(); lines.hasNext(); ) {
            String line = lines.next();
            watch.check(done, all.length());
            done += line.length() + 1;
            fence.follow(line);
            Matcher heading = HEADING.matcher(line);
            if (!fence.isOpen() && heading.matches()) {
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
