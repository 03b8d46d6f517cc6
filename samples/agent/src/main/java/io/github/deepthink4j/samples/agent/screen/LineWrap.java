package io.github.deepthink4j.samples.agent.screen;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jline.utils.WCWidth;

/**
 * Breaks lines between words at the edge of a window, which a terminal does in the midst of a word. The text comes in pieces: the
 * word that is not over yet is kept, and so are line ends until something follows them.
 */
final class LineWrap {

    private static final int TAB = 8;

    /** CJK Radicals Supplement: what comes behind it is mostly written without spaces. */
    private static final int FIRST_IDEOGRAPHIC = 0x2E80;

    private final IntSupplier width;
    private final String newLine;
    private String word = "";
    private String blanks = "";
    private boolean inWord;
    private int column;

    /**
     * @param width    of the window now, in columns
     * @param column   where the first line begins
     * @param beginning of each further line
     */
    LineWrap(IntSupplier width, int column, String beginning) {
        this.width = width;
        this.column = column;
        this.newLine = "\n" + beginning;
    }

    LineWrap(IntSupplier width) {
        this(width, 0, "");
    }

    /** What can be shown now. */
    String next(String piece) {
        StringBuilder shown = new StringBuilder();
        String text = word + piece;
        BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (end < text.length() && !isBetweenWords(text, end)) {
                continue;
            }
            boolean over = end < text.length() || Character.isWhitespace(text.charAt(end - 1));
            if (!over && columns(text.substring(start)) < edge()) {
                break;
            }
            add(text.substring(start, end), shown);
            inWord = !over;
            start = end;
        }
        word = text.substring(start);
        return shown.toString();
    }

    /** The rest of the text, without the line ends that it ends with. */
    String end() {
        StringBuilder shown = new StringBuilder();
        add(word, shown);
        shown.append(blanks.replaceFirst("(?s)\n.*", ""));
        word = "";
        blanks = "";
        inWord = false;
        column = 0;
        return shown.toString();
    }

    /** Unicode allows a break within an address too, which nobody could open then. */
    private static boolean isBetweenWords(String text, int index) {
        return Character.isWhitespace(text.charAt(index - 1))
                || isIdeographic(text.codePointBefore(index))
                || isIdeographic(text.codePointAt(index));
    }

    private static boolean isIdeographic(int character) {
        return character >= FIRST_IDEOGRAPHIC;
    }

    private void add(String segment, StringBuilder shown) {
        String letters = segment.stripTrailing();
        if (!letters.isEmpty()) {
            // The rest of a word that is longer than a line follows its beginning, which is shown already.
            if (!inWord) {
                before(columns(letters), shown);
            }
            shown.append(letters);
            column += columns(letters);
        }
        blanks += segment.substring(letters.length());
    }

    /** The blanks, unless a line ends here: then they would only stand at its end. */
    private void before(int columns, StringBuilder shown) {
        int lineEnd = blanks.lastIndexOf('\n');
        if (lineEnd >= 0) {
            blanks.chars().filter(c -> c == '\n').forEach(c -> shown.append(newLine));
            blanks = blanks.substring(lineEnd + 1);
            column = newLine.length() - 1;
        }
        int begins = column;
        for (char blank : blanks.toCharArray()) {
            begins += blank == '\t' ? TAB - begins % TAB : 1;
        }
        if (begins + columns <= edge() || column < newLine.length()) {
            shown.append(blanks);
            column = begins;
        } else {
            shown.append(newLine);
            column = newLine.length() - 1;
        }
        blanks = "";
    }

    /** Some terminals begin a new line by themselves when the last column is taken. */
    private int edge() {
        return Math.max(10, width.getAsInt() - 1);
    }

    static int columns(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
