package io.github.deepthink4j.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a page in another language is the twin of a page: the same headings by level, the same code, tables of the same shape. */
public final class Twins {

    private static final Pattern HEADING = Pattern.compile("(#{1,6}) (.*)");

    private Twins() {}

    /** Where the two differ, each with its place in the twin's page; nothing if they do not. */
    public static List<String> differences(String page, String twin) {
        List<String> differences = new ArrayList<>();
        compare("heading", headings(page), headings(twin), differences);
        compare("code block", codeBlocks(page), codeBlocks(twin), differences);
        compare("table", tables(page), tables(twin), differences);
        return differences;
    }

    private static void compare(String what, List<String> of, List<String> twins, List<String> differences) {
        if (of.size() != twins.size()) {
            differences.add("it has " + twins.size() + " of kind " + what + ", and not " + of.size());
            return;
        }
        for (int i = 0; i < of.size(); i++) {
            if (!of.get(i).equals(twins.get(i))) {
                differences.add(what + " " + (i + 1) + " is\n" + twins.get(i) + "\nand not\n" + of.get(i));
            }
        }
    }

    /** The levels: the words are in another language. */
    private static List<String> headings(String page) {
        return prose(page)
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(1))
                .toList();
    }

    private static List<String> codeBlocks(String page) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : page.split("\n")) {
            if (line.startsWith("```") && block != null) {
                blocks.add(block.toString());
                block = null;
            } else if (line.startsWith("```")) {
                block = new StringBuilder(line);
            } else if (block != null) {
                block.append('\n').append(line);
            }
        }
        return blocks;
    }

    /** Rows and columns of each table. */
    private static List<String> tables(String page) {
        List<String> tables = new ArrayList<>();
        int rows = 0;
        int columns = 0;
        for (String line : (Iterable<String>) Stream.concat(prose(page), Stream.of(""))::iterator) {
            if (line.startsWith("|")) {
                rows++;
                columns = Math.max(columns, line.split("(?<!\\\\)\\|").length - 1);
            } else if (rows > 0) {
                tables.add(rows + " rows of " + columns);
                rows = 0;
                columns = 0;
            }
        }
        return tables;
    }

    /** The lines outside of code blocks. */
    private static Stream<String> prose(String page) {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : page.split("\n")) {
            if (line.startsWith("```")) {
                code = !code;
            } else if (!code) {
                lines.add(line);
            }
        }
        return lines.stream();
    }
}
