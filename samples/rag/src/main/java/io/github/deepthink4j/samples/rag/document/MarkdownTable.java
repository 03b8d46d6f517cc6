package io.github.deepthink4j.samples.rag.document;

import io.github.deepthink4j.samples.rag.screen.CleanText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tables as Markdown has them: a line for each row, and a rule below the first one, which is the header. */
final class MarkdownTable {

    private static final Pattern RULE =
            Pattern.compile("[ \t]{0,3}\\|?[ \t]*:?-+:?[ \t]*(\\|[ \t]*:?-+:?[ \t]*)*\\|?[ \t]*");

    private MarkdownTable() {}

    /** In one line, since a row is one. */
    static String cell(String text) {
        return CleanText.inOneLine(text).replace("|", "\\|");
    }

    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    static String rule(int columns) {
        return "|---".repeat(columns) + "|";
    }

    static boolean isRow(String line) {
        return line.indexOf('|') >= 0;
    }

    /** Whether the line at this place is a header, with its rule below. */
    static boolean beginsAt(String text, int at) {
        int ruleAt = 1 + text.indexOf('\n', at);
        if (ruleAt == 0 || ruleAt == text.length() || !isRow(text.substring(at, ruleAt))) {
            return false;
        }
        String rule = text.substring(ruleAt, endOfLine(text, ruleAt)).stripTrailing();
        return isRow(rule) && RULE.matcher(rule).matches();
    }

    /** The header and the rule with which a text begins, if it is a table. */
    static Optional<String> headerOf(String text) {
        return beginsAt(text, 0)
                ? Optional.of(text.substring(0, endOfLine(text, 1 + text.indexOf('\n'))))
                : Optional.empty();
    }

    /** The header of the table in the midst of which a text ends; else empty. */
    static String openHeader(String text) {
        int begin = text.length();
        while (begin > 0 && text.charAt(begin - 1) == '\n') {
            int line = text.lastIndexOf('\n', begin - 2) + 1;
            if (!isRow(text.substring(line, begin))) {
                break;
            }
            begin = line;
            if (begin == 0) {
                break;
            }
        }
        return headerOf(text.substring(begin)).orElse("");
    }

    private static int endOfLine(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }
}
