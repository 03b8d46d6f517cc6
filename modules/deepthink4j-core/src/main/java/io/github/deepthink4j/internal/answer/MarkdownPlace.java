package io.github.deepthink4j.internal.answer;

/**
 * Follows an answer's text, and says whether what comes next would be quoted: within a code fence or a block quote, or, if
 * the mark is closed later on the same line, within a code span or quotation marks.
 */
final class MarkdownPlace {

    private static final int SHORTEST_FENCE = 3;
    private static final int CODE_INDENT = 4;
    private static final String OPENING_QUOTES = "\"\u201c\u2018\u300c\u300e\u00ab";
    private static final String CLOSING_QUOTES = "\"\u201d\u2019\u300d\u300f\u00bb";

    /** The character and length of the fence that is open; 0 if none is. */
    private char fence;

    private int fenceLength;

    /** Whether the fence was opened on this line; a backtick further on makes it a code span. */
    private boolean openedHere;

    /** The run of one character that the line begins with, white space aside. */
    private char lead;

    private int leadLength;
    private boolean leadOnly = true;

    /** The backticks just read, and those that have opened a code span on this line. */
    private int ticks;

    private int span;
    private char closingQuote;

    /** Whether the marks on this line are known to have no partner. */
    private boolean unpaired;

    private char last = '\n';

    /** The last one that is not white space; 0 before it. */
    private char lastSolid;

    /** The white space that the line begins with; a tab is as wide as code is indented. */
    private int indent;

    void follow(String text) {
        for (int i = 0; i < text.length(); i++) {
            follow(text.charAt(i));
        }
    }

    void follow(char c) {
        last = c;
        if (!Character.isWhitespace(c)) {
            lastSolid = c;
        } else if (leadLength == 0) {
            indent += c == '\t' ? CODE_INDENT : 1;
        }
        if (c == '\n') {
            endLine();
            return;
        }
        endTicks(c);
        if (leadLength == 0 && !Character.isWhitespace(c)) {
            lead = c;
            leadLength = 1;
        } else if (leadLength > 0 && c == lead && leadOnly) {
            leadLength++;
        } else if (!Character.isWhitespace(c)) {
            openFence();
            leadOnly = false;
            if (openedHere && fence == '`' && c == '`') {
                fenceLength = 0;
            }
        }
        if (closingQuote != 0) {
            closingQuote = c == closingQuote ? 0 : closingQuote;
        } else if (OPENING_QUOTES.indexOf(c) >= 0) {
            closingQuote = CLOSING_QUOTES.charAt(OPENING_QUOTES.indexOf(c));
        }
    }

    private void endTicks(char c) {
        if (c == '`') {
            ticks++;
        } else {
            span = spanBehindTicks();
            ticks = 0;
        }
    }

    private int spanBehindTicks() {
        if (ticks == 0) {
            return span;
        }
        return span == 0 ? ticks : span == ticks ? 0 : span;
    }

    private void openFence() {
        if (leadOnly && fenceLength == 0 && isFence()) {
            fence = lead;
            fenceLength = leadLength;
            openedHere = true;
        }
    }

    private boolean isFence() {
        return (lead == '`' || lead == '~') && leadLength >= SHORTEST_FENCE;
    }

    /** Whether the line so far is a fence that closes the open one. */
    private boolean closesFence() {
        return fenceLength > 0 && leadOnly && lead == fence && leadLength >= fenceLength;
    }

    private void endLine() {
        if (closesFence() || closesBehindCode()) {
            fenceLength = 0;
        } else {
            openFence();
        }
        lead = 0;
        leadLength = 0;
        indent = 0;
        leadOnly = true;
        openedHere = false;
        ticks = 0;
        span = 0;
        closingQuote = 0;
        unpaired = false;
    }

    /** Models also close a fence at the end of the last line of code. */
    private boolean closesBehindCode() {
        return fenceLength > 0 && !openedHere && fence == '`' && ticks >= fenceLength;
    }

    /** Whether it is quoted, whatever follows on the line. */
    boolean isQuoted() {
        if (fenceLength > 0) {
            return !closesFence() && !closesBehindCode();
        }
        return (leadOnly && isFence()) || lead == '>';
    }

    /** The marks of which one must follow on this line for a quotation; empty if none is open. An inch sign has no partner. */
    String closingMarks() {
        if (unpaired || fenceLength > 0) {
            return "";
        }
        return (spanBehindTicks() > 0 ? "`" : "")
                + (closingQuote != 0 ? String.valueOf(closingQuote) : "")
                + (last == '\'' ? "'" : "");
    }

    /** None of the marks on this line has a partner. */
    void forgetMarks() {
        unpaired = true;
    }

    /** Whether nothing but white space stands before this on the line. */
    boolean isLineStart() {
        return leadLength == 0;
    }

    /** Whether the last character that is not white space is one of these. */
    boolean endsWithOneOf(String characters) {
        return characters.indexOf(lastSolid) >= 0;
    }

    /** As {@link #isLineStart}, but neither where a line is indented as code is, nor behind a tag of some other markup. */
    boolean isPlainLineStart() {
        return isLineStart() && indent < CODE_INDENT && lastSolid != '>';
    }
}
