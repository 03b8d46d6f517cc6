package io.github.deepthink4j.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who cites {@code protocol.md}, the page with the evidence, and whether the cited sections are there. */
public final class ProtocolCitations {

    /** The first line of the match and what it says. */
    public record Citation(int line, String text, List<String> sections) {}

    /** In two pieces, so that this class is not taken for somebody who cites it. */
    private static final String PAGE = "docs/" + "protocol.md";

    private static final Pattern HEADING = Pattern.compile("(?m)^#{2,4} (\\d+(?:\\.\\d+)*)\\.? ");

    /** White space, or the end of a line within a comment. */
    private static final String GAP = "(?:[ \\t]+|[ \\t]*\\R[ \\t]*(?:\\*(?!/)|//|>)?[ \\t]*)";

    private static final String NUMBER = "\\d++(?:\\.\\d++)*+";
    private static final String NEXT = "(?:," + GAP + "(?:and" + GAP + ")?|" + GAP + "(?:and|to)" + GAP + ")" + NUMBER;
    private static final String SECTIONS = "(?:section" + GAP + NUMBER + "(?!" + GAP + "(?:and|to)" + GAP
            + "\\d)|sections" + GAP + NUMBER + "(?:" + NEXT + ")++)";

    private static final Pattern CITATION =
            Pattern.compile(Pattern.quote(PAGE) + "(?:," + GAP + "(?<sections>" + SECTIONS + "))?");
    private static final Pattern OWN_REFERENCE = Pattern.compile("\\b(?<sections>" + SECTIONS + ")");
    private static final Pattern OLD_WORDS = Pattern.compile("(?i)protocol" + GAP + "notes");
    private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)\\n]*\\)");

    private final Set<String> sections = new TreeSet<>();

    /**
     * @param page the text of {@code protocol.md}
     */
    public ProtocolCitations(String page) {
        Matcher heading = HEADING.matcher(page);
        while (heading.find()) {
            if (!sections.add(heading.group(1))) {
                throw new IllegalArgumentException("there are two sections " + heading.group(1));
            }
        }
    }

    /** The numbers of the sections that there are. */
    public Set<String> sections() {
        return sections;
    }

    /** The citations in a source or a page; a link to the page is none. */
    public static List<Citation> in(Path file, String text) {
        boolean page = file.getFileName().toString().equals("protocol.md");
        String read =
                file.toString().endsWith(".md") ? LINK_TARGET.matcher(text).replaceAll("]") : text;
        List<Citation> citations = new ArrayList<>();
        each(page ? OWN_REFERENCE : CITATION, read, (line, match) -> {
            List<String> cited = match.group("sections") == null
                    ? List.of()
                    : Pattern.compile(NUMBER)
                            .matcher(match.group("sections"))
                            .results()
                            .map(number -> number.group())
                            .toList();
            citations.add(new Citation(line, oneLine(match.group()), cited));
        });
        return citations;
    }

    /** What is wrong with the citations of a source or a page, each with its file and line. */
    public List<String> faults(Path file, String text) {
        List<String> faults = new ArrayList<>();
        for (Citation citation : in(file, text)) {
            String place = file + ":" + citation.line() + ": ";
            if (citation.sections().isEmpty()) {
                faults.add(place + "names no section: say \"" + PAGE + ", section N\", or \"sections N and M\"");
            }
            for (String section : citation.sections()) {
                if (!sections.contains(section)) {
                    faults.add(place + "there is no section " + section + " in " + PAGE + ": " + citation.text());
                }
            }
        }
        each(OLD_WORDS, text, (line, match) -> faults.add(file + ":" + line + ": cite " + PAGE + " instead"));
        return faults;
    }

    private static void each(Pattern pattern, String text, BiConsumer<Integer, Matcher> found) {
        Matcher matcher = pattern.matcher(text);
        int line = 1;
        int counted = 0;
        while (matcher.find()) {
            for (; counted < matcher.start(); counted++) {
                line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            found.accept(line, matcher);
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll(GAP, " ");
    }
}
